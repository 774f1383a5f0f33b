import type { LineChartSpec, Role, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { counting } from '../../kit/training';
import { contrast, defineWidget, grouped, preset } from '../../kit/widget';
import { blocksOf, type Looked, type NetworkName, type PathResult } from './networks';
import { params, type PathSettings } from './params';
import { pathShares, meanLength } from './lengths';

/** Paths that count as short. */
const SHORT = 4;

const NETWORKS: [NetworkName, string, Role][] = [
  ['plain', 'plain', 'problem'],
  ['residual', 'residual', 'cure'],
];

/** A series of each network that has been seen. */
const seriesOf = (
  { networks }: PathResult,
  points: (looked: Looked) => Pick<Series, 'x' | 'y'> & Partial<Series>,
): Series[] =>
  NETWORKS.flatMap(([name, label, role]) => {
    const looked = networks[name];
    return looked ? [{ id: name, label, role, ...points(looked) }] : [];
  });

/** Lengths from 0 to the number of blocks. */
const lengths = (settings: PathSettings): number[] => [0, ...counting(blocksOf(settings))];

const ofResidual = ({ networks }: PathResult, list: 'share' | 'norm'): number[] =>
  networks.residual?.[list] ?? [];

const lengthAxis = (settings: PathSettings): LineChartSpec['x'] => ({
  label: 'Length of a path, in branches',
  scale: 'linear',
  domain: [0, blocksOf(settings)],
  integer: true,
});

function lengthChart(settings: PathSettings, result: PathResult): LineChartSpec {
  const share = ofResidual(result, 'share');
  return {
    kind: 'line',
    x: lengthAxis(settings),
    y: { label: 'Share', scale: 'linear' },
    series: [
      {
        ...{ id: 'paths', label: 'of the paths, in theory', role: 'theory', mark: 'both' },
        ...{ x: lengths(settings), y: pathShares(blocksOf(settings)) },
      },
      {
        ...{ id: 'gradient', label: 'of the gradient', role: 'cure', mark: 'both' },
        ...{ x: share.map((_, k) => k), y: share },
      },
    ],
  };
}

function normChart(settings: PathSettings, result: PathResult): LineChartSpec {
  const norm = ofResidual(result, 'norm');
  return {
    kind: 'line',
    x: lengthAxis(settings),
    y: { label: '‖contribution to ∂L/∂h₁‖', scale: 'log' },
    series: [
      {
        ...{ id: 'norm', label: 'all paths of a length', role: 'cure', mark: 'both' },
        ...{ x: norm.map((_, k) => k), y: norm },
      },
    ],
  };
}

const largest = ({ spectrum }: Looked): number => spectrum.largest.at(-1)!;
const median = ({ spectrum }: Looked): number => spectrum.median.at(-1)!;
const smallest = ({ spectrum }: Looked): number => spectrum.smallest.at(-1)!;
const of = (looked: Looked | null, number: (looked: Looked) => number): number =>
  looked ? number(looked) : NaN;
const shortShare = (shares: readonly number[]): number =>
  shares.length === 0 ? NaN : shares.slice(0, SHORT + 1).reduce((sum, one) => sum + one, 0);

export default defineWidget<typeof params, PathResult>({
  id: 'residual-paths',
  version: 1,
  kind: 'survey',
  title: 'The ways through a residual network',
  summary:
    'Singular values of a deep network with and without the sums, and how much of the gradient takes paths of each length.',
  chapter: 'residual-connections',
  params,
  presets: {
    ...grouped('A sum around each layer', {
      problem: preset('Tanh', '60 layers behind the first, each with a sum around it.'),
      sigmoid: preset('Sigmoid', 'The same with the function whose slope is at most ¼.', {
        activation: 'sigmoid',
      }),
      relu: preset('ReLU', 'The same with ReLU and He’s rule.', { activation: 'relu' }),
      reluScaled: preset('ReLU, 1/√L', 'Each branch multiplied by 1/√61.', {
        activation: 'relu',
        branchScale: 'rootDepth',
      }),
    }),
    ...grouped('Pre-activation blocks', {
      paths: preset('Pre-activation, scale 1', '30 blocks of two layers, ReLU.', {
        activation: 'relu',
        form: 'preActivation',
      }),
      cure: preset('Pre-activation, 1/√L', 'The same blocks, each branch multiplied by 1/√61.', {
        activation: 'relu',
        form: 'preActivation',
        branchScale: 'rootDepth',
      }),
      trained: preset('1/√L, after training', 'After 400 steps with the learning rate 0.03.', {
        activation: 'relu',
        form: 'preActivation',
        branchScale: 'rootDepth',
        steps: 400,
        learningRate: 0.03,
      }),
    }),
  },
  experiment: () => import('./experiment'),
  progress: ({ steps }, { step, networks }) => ({
    done: networks.residual === null ? 0 : step + 1,
    total: steps + 1,
  }),
  figures: [
    {
      id: 'lengths',
      title: 'Paths of each length, and the gradient that they carry',
      caption:
        'A path takes each block past its branch or through it. Most have about half of the branches in them; how much of ∂L/∂h₁ comes by each length is computed block by block, on a batch of digits. The shares add up to 1.',
      chart: lengthChart,
    },
    {
      id: 'growth',
      title: 'Singular values, block by block',
      caption:
        'Of the derivative of h behind each block with respect to h₁, at one random input. Line: the median; band: from the smallest to the largest.',
      chart: (_, result) => ({
        kind: 'line',
        x: { label: 'Block', scale: 'linear', integer: true },
        y: { label: 'Singular values of ∂h/∂h₁', scale: 'log' },
        series: seriesOf(result, ({ spectrum }) => ({
          x: counting(spectrum.median.length),
          y: spectrum.median,
          band: { low: spectrum.smallest, high: spectrum.largest },
        })),
        references: [{ axis: 'y', at: 1, label: 'keeps the length' }],
      }),
    },
    {
      id: 'spectrum',
      title: 'All singular values behind the last block',
      caption: 'How much the whole stack stretches each of the directions in h₁.',
      chart: (_, result) => ({
        kind: 'line',
        x: { label: 'Rank, largest first', scale: 'linear', integer: true },
        y: { label: 'Singular value of ∂h_L/∂h₁', scale: 'log' },
        series: seriesOf(result, ({ spectrum }) => ({
          mark: 'both',
          x: counting(spectrum.last.length),
          y: spectrum.last,
        })),
        references: [{ axis: 'y', at: 1, label: 'keeps the length' }],
      }),
    },
    {
      id: 'norms',
      title: 'What each length contributes, by its size',
      caption:
        'The norm of what all paths of a length bring to ∂L/∂h₁. Contributions may point in different directions, so their norms add up to more than the norm of the gradient.',
      chart: normChart,
    },
  ],
  values: (settings, { networks }) => {
    const { plain, residual } = networks;
    const share = residual?.share ?? [];
    const paths = pathShares(blocksOf(settings));
    return {
      largestSingularValue: of(plain, largest),
      medianSingularValue: of(plain, median),
      smallestSingularValue: of(plain, smallest),
      'residual.largestSingularValue': of(residual, largest),
      'residual.medianSingularValue': of(residual, median),
      'residual.smallestSingularValue': of(residual, smallest),
      pathGradientShare: share,
      pathGradientNorm: residual?.norm ?? [],
      meanPathLength: meanLength(paths),
      gradientPathLength: meanLength(share),
      shortPaths: shortShare(paths),
      shortPathGradient: shortShare(share),
    };
  },
  contrast: contrast('problem: medianSingularValue', 'problem: residual.medianSingularValue', {
    larger: 1e6,
  }),
  describe: (settings, result, say) => {
    const { plain, residual } = result.networks;
    if (plain === null || residual === null) return '';
    const share = residual.share;
    const broken = NETWORKS.flatMap(([name, label]) => {
      const step = result.networks[name]?.broke ?? null;
      return step === null
        ? []
        : [` The ${label} network left the finite numbers at step ${say.count(step)}.`];
    });
    return (
      `Through ${say.count(blocksOf(settings))} blocks, after ${say.count(result.step)} steps. ` +
      `${spectrumInWords('Plain', plain, say)} ${spectrumInWords('Residual', residual, say)} ` +
      `Paths have ${say.number(meanLength(pathShares(blocksOf(settings))))} branches on average, and the gradient ` +
      `comes by paths of ${say.number(meanLength(share))}: those of at most ${say.count(SHORT)} branches are ` +
      `${say.number(shortShare(pathShares(blocksOf(settings))), 2)} of all paths and carry ` +
      `${say.number(shortShare(share), 2)} of the gradient.${broken.join('')}`
    );
  },
  prediction: {
    ask: 'Thirty residual blocks make 2³⁰ paths, most of them through about 15 branches. Which paths carry the gradient?',
    replies: {
      'Those of about 15 branches: there are most of them':
        'With branches as large as their block’s input it is so. Now try the preset “Pre-activation, 1/√L”.',
      'The short ones':
        'With branches that are scaled down it is so. Now try the preset “Pre-activation, scale 1”.',
      'It depends on the size of the branches':
        'Yes. Compare the presets “Pre-activation, scale 1” and “Pre-activation, 1/√L”.',
    },
  },
  challenges: [
    {
      id: 'short',
      ask: 'Let paths of at most four branches carry more than 99% of the gradient through 60 blocks.',
      hint: 'There is a scale smaller than 1/√L.',
      solved: (settings, { networks }) =>
        blocksOf(settings) === 60 && shortShare(networks.residual?.share ?? []) > 0.99,
    },
    {
      id: 'level',
      ask: 'Keep all singular values of a residual network of at least 20 layers between 0.1 and 10.',
      hint: 'Small branches move every direction a little.',
      solved: ({ blocks }, { networks: { residual } }) =>
        blocks >= 10 && residual !== null && smallest(residual) >= 0.1 && largest(residual) <= 10,
    },
  ],
});

const spectrumInWords = (label: string, looked: Looked, say: Say): string =>
  `${label}: largest singular value ${say.number(largest(looked), 2)}, median ${say.number(median(looked), 2)}, ` +
  `smallest ${say.number(smallest(looked), 2)}.`;
