import { isUndisturbed, type ResolvedMlp } from '../../spec/resolved';
import type { StatisticKind } from '../../step/slots';
import { part } from '../makers';
import { norm } from '../reductions';
import type { Sorted, Statistic } from '../statistic';
import { matrix } from './matrix';
import type { Matrix } from './matrix';
import { pathGradients } from './paths';
import { widest } from './spectra';

/**
 * ∂L/∂h₁ of the batch by the length of its paths through a residual network: the norm of what each length
 * contributes, and beside it `pathGradientShare`, that contribution along ∂L/∂h₁ itself,
 * ⟨v_k, ∂L/∂h₁⟩/‖∂L/∂h₁‖². The shares of all lengths add up to 1; one may be negative.
 */
export const pathGradient: Statistic = {
  name: 'pathGradientNorm',
  per: 'path length',
  isFor: `a residual mlp without a norm or noise of at most ${widest} units per layer`,
  needs: (network) =>
    network.kind === 'mlp' &&
    network.residual !== 'none' &&
    isUndisturbed(network) &&
    network.depth > 1 &&
    network.width <= widest
      ? ['preActivation', 'hiddenGradient', 'parameter']
      : null,
  compute: ({ values, of, network }) => {
    const tensor = (kind: StatisticKind, name: string): Matrix =>
      matrixOf({ values, of }, kind, name);
    const { depth } = network as ResolvedMlp;
    const paths = pathGradients({
      network: network as ResolvedMlp,
      weight: (layer) => tensor('parameter', `W${layer}`),
      preActivation: (layer) => tensor('preActivation', `z${layer}`),
      gradient: tensor('hiddenGradient', `h${depth}`),
    });
    const whole = tensor('hiddenGradient', 'h1').values;
    const square = norm(whole) ** 2;
    return {
      pathGradientNorm: paths.map((path) => norm(path.values)),
      pathGradientShare: paths.map(
        (path) => path.values.reduce((total, value, i) => total + value * whole[i]!, 0) / square,
      ),
    };
  },
};

function matrixOf(
  { values, of }: Pick<Sorted, 'values' | 'of'>,
  kind: StatisticKind,
  name: string,
): Matrix {
  const slot = of(kind).find((candidate) => candidate.name === name)!;
  return matrix(slot.shape[0]!, slot.shape[1]!, part(values, slot));
}
