import { isUndisturbed, type ResolvedMlp } from '../../spec/resolved';
import { Rng } from '../../start/rng';
import type { StatisticSlot } from '../../step/slots';
import { part } from '../makers';
import type { Statistic } from '../statistic';
import { matrix } from './matrix';
import { jacobianSpectra, widest } from './spectra';

/** Another stream than the parameters' own. */
const inputStream = 0x5eed;

/** Singular values of ∂h_l/∂x or ∂h_l/∂h_1 at one input x ~ N(0, I), one list after another. */
export const jacobianOf = (name: string, from: 0 | 1): Statistic => ({
  name,
  per: 'singular value',
  isFor: `an mlp without a norm or noise of at most ${widest} units per layer`,
  needs: (network) =>
    network.kind === 'mlp' && isUndisturbed(network) && network.width <= widest
      ? ['parameter']
      : null,
  compute: ({ values, of, network, seed }) => {
    const slot = (tensor: string): StatisticSlot =>
      of('parameter').find((candidate) => candidate.name === tensor)!;
    const rng = new Rng(seed ^ inputStream);
    const spectra = jacobianSpectra(
      {
        network: network as ResolvedMlp,
        weight: (l) => {
          const { shape } = slot(`W${l}`);
          return matrix(shape[0]!, shape[1]!, part(values, slot(`W${l}`)));
        },
        bias: (l) => part(values, slot(`b${l}`)),
        input: Float64Array.from({ length: slot('W1').shape[1]! }, () => rng.normal()),
      },
      from,
    );
    return { [name]: [...spectra].flat() };
  },
});
