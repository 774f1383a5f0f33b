import type { Network, Statistic } from './statistic';

/** Beyond so many units the parts of every time step take too much memory. */
const widest = 128;

const isFor = (network: Network): boolean =>
  network.kind === 'recurrent' && network.hiddenSize <= widest;

/**
 * What each time step contributes to the gradient of a cell's weight matrices, as a norm over all of them
 * together: they are the same at every time step, so their gradient is the sum of the gradients of each use
 * (Bengio et al. 1994). A truncated gradient is the sum of the last contributions alone.
 */
export const timeStepGradient: Statistic = {
  name: 'timeStepGradientNorm',
  per: 'time step',
  isFor: `a recurrent network of at most ${widest} units`,
  needs: (network) => (isFor(network) ? [] : null),
  summarizes: () => [{ kind: 'timeStepGradient', measures: ['norm'] }],
  compute: ({ summaries }) => {
    const squares: number[] = [];
    for (const summary of summaries('timeStepGradient')) {
      const at = summary.slot.layer! - 1;
      squares[at] = (squares[at] ?? 0) + summary.squares;
    }
    return { timeStepGradientNorm: squares.map(Math.sqrt) };
  },
};
