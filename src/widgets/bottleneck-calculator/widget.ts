import type { LineChartSpec, Role, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { bottleneck, innerChannels, twoConvolutions, type Block, type BlockName } from './blocks';
import type { BottleneckResult } from './compared';
import { params, type BottleneckSettings } from './params';
import { rank, rootMeanSquare, type Spectrum } from './spectrum';
import { blockLabels } from './words';

const roles: Record<BlockName, Role> = { bottleneck: 'cure', basic: 'control', wide: 'problem' };

/** 1, 2, 4 … up to the width, and the width itself. */
const reductionsUpTo = (width: number): number[] => [
  ...new Set([...Array.from({ length: 10 }, (_, k) => 2 ** k).filter((r) => r < width), width]),
];

function costChart({ width, reduction, side }: BottleneckSettings): LineChartSpec {
  const x = reductionsUpTo(Math.min(512, width));
  const series = (name: BlockName, of: (inner: number) => Block): Series => ({
    id: name,
    label: blockLabels[name],
    role: roles[name],
    mark: name === 'wide' ? 'line' : 'both',
    x,
    y: x.map((r) => of(innerChannels(width, r)).parameters),
  });
  return {
    kind: 'line',
    x: { label: 'Reduction', scale: 'log' },
    y: { label: 'Parameters of a block', scale: 'log' },
    series: [
      series('bottleneck', (inner) => bottleneck(width, inner, side)),
      series('basic', (inner) => twoConvolutions('basic', inner, side)),
      series('wide', () => twoConvolutions('wide', width, side)),
    ],
    references: [{ axis: 'x', at: reduction, label: 'here' }],
  };
}

function spectrumChart({ branch, block, wide }: Spectrum): LineChartSpec {
  const x = branch.map((_, index) => index + 1);
  const series = (id: string, label: string, role: Role, y: number[]): Series => ({
    ...{ id, label, role, x, y },
    mark: 'line',
  });
  return {
    kind: 'line',
    x: { label: 'Singular value, the largest first', scale: 'linear', integer: true },
    y: { label: 'Size', scale: 'log' },
    series: [
      series('wide', 'two wide 3 × 3, branch', 'control', wide),
      series('branch', 'bottleneck, branch', 'problem', branch),
      series('block', 'bottleneck with its shortcut', 'cure', block),
    ],
  };
}

/** A ratio in words: "16.8 times", or "0.95 times". */
const times = (ratio: number, say: Say): string => `${say.number(ratio)} times`;

export default defineWidget<typeof params, BottleneckResult>({
  id: 'bottleneck-calculator',
  version: 1,
  kind: 'closedForm',
  title: 'What a bottleneck costs, and what it passes',
  summary:
    'A block of 1 × 1, 3 × 3 and 1 × 1 beside blocks of two 3 × 3: parameters, multiply-adds, and the directions that a random draw of it lets through.',
  chapter: 'networks-that-won',
  params,
  presets: {
    problem: preset('As in ResNet-50', '256 channels outside, 64 inside.'),
    equal: preset('No reduction', 'As wide inside as outside.', { reduction: 1 }),
    thin: preset('Thin', 'Sixteen channels inside 256.', { reduction: 16 }),
    thinnest: preset('As thin as possible', 'One channel inside 64.', { width: 64, reduction: 64 }),
    late: preset('Stage 5 of ResNet-50', '2048 channels outside, 512 inside, 7 × 7 places.', {
      width: 2048,
      side: 7,
    }),
  },
  experiment: () => import('./experiment'),
  figures: [
    {
      id: 'cost',
      title: 'Parameters by reduction',
      caption:
        'At a reduction of 4 the bottleneck costs what two 3 × 3 of its inner width cost. Beyond, its two 1 × 1 are what is left to pay.',
      chart: costChart,
    },
    {
      id: 'spectrum',
      title: 'Singular values of the Jacobian, one random draw',
      caption:
        'The branch passes at most as many directions as it has channels inside, and fewer where a ReLU is off; the others are exactly 0. The shortcut passes them all.',
      chart: (_, { spectrum }) => spectrumChart(spectrum),
    },
  ],
  values: (_, { inner, blocks, spectrum }) => {
    const [own, basic, wide] = blocks;
    return {
      innerChannels: inner,
      drawnChannels: spectrum.channels,
      drawnInnerChannels: spectrum.inner,
      parameters: own.parameters,
      multiplyAdds: own.multiplyAdds,
      'basic.parameters': basic.parameters,
      'basic.multiplyAdds': basic.multiplyAdds,
      'wide.parameters': wide.parameters,
      'wide.multiplyAdds': wide.multiplyAdds,
      branchRank: rank(spectrum.branch),
      blockRank: rank(spectrum.block),
      wideRank: rank(spectrum.wide),
      branchRms: rootMeanSquare(spectrum.branch),
      wideRms: rootMeanSquare(spectrum.wide),
    };
  },
  contrast: contrast('problem: wide.parameters', 'problem: parameters', { smaller: 15 }),
  describe: ({ width, reduction, side }, { inner, blocks, spectrum }, say) => {
    const [own, basic, wide] = blocks;
    const mended =
      width / reduction < 1
        ? `${say.count(width)} channels divided by ${say.number(reduction)} leave less than one; one is the fewest that there can be, and is drawn. `
        : '';
    const cut =
      spectrum.channels === width
        ? ''
        : ` (drawn with ${say.count(spectrum.channels)} channels outside and ${say.count(spectrum.inner)} inside)`;
    return (
      `${mended}${say.count(width)} channels outside, ${say.count(inner)} inside, ${say.count(side)} × ${say.count(side)} places: ` +
      `${say.count(own.parameters)} parameters and ${say.count(own.multiplyAdds)} multiply-adds. Two 3 × 3 of ` +
      `${say.count(inner)} channels have ${times(basic.parameters / own.parameters, say)} as many parameters, two of ` +
      `${say.count(width)} channels ${times(wide.parameters / own.parameters, say)}. In this draw${cut} the branch passes ` +
      `${say.count(rank(spectrum.branch))} of ${say.count(spectrum.channels)} directions, the block with its shortcut ` +
      `${say.count(rank(spectrum.block))}.`
    );
  },
  prediction: {
    ask: 'A block of two 3 × 3 convolutions with 256 channels is replaced by 1 × 1, 3 × 3, 1 × 1 with 64 channels inside. By what factor do its parameters fall?',
    replies: {
      'About 4':
        'The 3 × 3 alone falls by 16, since it has a quarter of the channels on both sides.',
      'About 17': 'Yes: from 1.18 million to 70 thousand.',
      'About 64':
        'That would be with an eighth of the channels; and the two 1 × 1 have to be paid as well.',
    },
  },
  challenges: [
    {
      id: 'nothing',
      ask: 'Make the bottleneck so thin that its branch passes nothing at all.',
      hint: 'One channel inside, and a draw in which a ReLU is off.',
      solved: (_, { spectrum }) => rank(spectrum.branch) === 0,
    },
    {
      id: 'ends',
      ask: 'Find a bottleneck whose two 1 × 1 hold more than nine tenths of its parameters.',
      hint: 'What grows with the reduction, beside the 3 × 3?',
      solved: (_, { blocks: [{ layers, parameters }] }) =>
        layers[0]!.parameters + layers[2]!.parameters > 0.9 * parameters,
    },
  ],
  view: () => import('./View.svelte'),
  drawing: 'The three blocks',
});
