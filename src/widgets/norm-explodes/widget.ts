import type { LineChartSpec, Series } from '../../kit/charts/spec';
import {
  atStart,
  contrast,
  defineTraining,
  figures,
  framesOf,
  preset,
  residual,
  seriesOf,
  values,
  type RanLane,
  type Run,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type ExplodesSettings } from './params';
import { theoryOf } from './theory';

/** ‖∂L/∂h‖ at the end of each block, or of each layer of a plain network, in a frame. */
function atBlocks({ spec }: RanLane, frame: readonly number[] | undefined): number[] {
  return frame === undefined
    ? []
    : residual.blockEnds(spec).map((layer) => frame[layer - 1] ?? NaN);
}

const initialBlockGradientNorm = (lane: RanLane) =>
  atBlocks(lane, atStart('hiddenGradientNorm')(lane));

/** ‖∂L/∂h₁‖ over that of the last hidden layer, before the first update. */
const hiddenFirstToLast = (lane: RanLane) => {
  const norms = initialBlockGradientNorm(lane);
  return (norms[0] ?? NaN) / (norms.at(-1) ?? NaN);
};
/** What one block makes of the gradient on average; in a plain network a block is a layer. */
const hiddenFactorPerBlock = (lane: RanLane) =>
  hiddenFirstToLast(lane) ** (1 / (residual.blockEnds(lane.spec).length - 1));
/** The same by theory for wide layers. */
const wideFactorPerLayer = ({ spec, depth }: RanLane) => {
  const first = theoryOf(spec)?.[0];
  return first === undefined ? undefined : first ** (1 / (depth - 1));
};

function gradientChart({ lanes }: Run<ExplodesSettings>): LineChartSpec {
  const theories = new Map<string, Series>();
  for (const lane of lanes) {
    const theory = theoryOf(lane.spec);
    const last = initialBlockGradientNorm(lane).at(-1);
    if (theory === undefined || last === undefined) continue;
    theories.set(lane.name, {
      id: `theory-${lane.name}`,
      label: `wide layers: ${lane.label.toLowerCase()}`,
      role: 'theory',
      x: residual.blockEnds(lane.spec),
      y: theory.map((size) => size * last),
    });
  }
  // Dashes on all of them would hide what was measured: those of batch norm in its widest network.
  const drawn = theories.get('problem') ?? [...theories.values()].at(-1);
  return {
    kind: 'line',
    x: {
      label: 'Layer',
      scale: 'linear',
      domain: [1, Math.max(2, ...lanes.map(({ depth }) => depth))],
      integer: true,
    },
    y: { label: '‖∂L/∂h‖', scale: 'log' },
    series: [
      ...seriesOf(lanes, (lane) => {
        const y = atBlocks(lane, framesOf(lane.result, 'hiddenGradientNorm').at(-1));
        return { mark: 'both', x: residual.blockEnds(lane.spec).slice(0, y.length), y };
      }),
      ...(drawn ? [drawn] : []),
    ],
  };
}

export default defineTraining({
  id: 'norm-explodes',
  version: 1,
  title: 'What normalization does to gradients at the start',
  summary:
    'Deep networks as they are drawn, with and without normalization: how the gradient grows or shrinks from layer to layer.',
  chapter: 'normalization',
  params,
  presets: {
    problem: preset('ReLU, plain', '61 layers before the first step, four ways to normalize.'),
    cure: preset('ReLU, with sums', 'The same in pre-activation blocks.', {
      form: 'preActivation',
    }),
    tanh: preset('Tanh', 'Plain, with LeCun’s weights.', { activation: 'tanh' }),
    sigmoid: preset('Sigmoid', 'Plain, 31 layers, with LeCun’s weights.', {
      activation: 'sigmoid',
      blocks: 15,
    }),
    widths: preset('Width', 'Batch norm and ReLU, 31 layers: three widths.', {
      compare: 'widths',
      blocks: 15,
    }),
    forms: preset('Where the sum stands', 'Batch norm and ReLU: plain, and two kinds of block.', {
      compare: 'forms',
    }),
  },
  lanes: lanesOf,
  statistics: ['hiddenGradientNorm'],
  recorded: { points: 40, frames: 2 },
  figures: [
    {
      id: 'gradient',
      title: 'Gradient of each layer',
      time: 'moment',
      caption:
        'How much of the error reaches the output of each layer, ‖∂L/∂h‖, at the step shown. Read it from right to left, as the gradient goes.',
      chart: gradientChart,
    },
    figures.loss<ExplodesSettings>({ scale: 'log', shown: ({ steps }) => steps > 0 }),
  ],
  values: {
    ...values,
    initialBlockGradientNorm,
    hiddenFirstToLast,
    hiddenFactorPerBlock,
    wideFactorPerLayer,
  },
  contrast: contrast('problem: hiddenFirstToLast', 'cure: hiddenFirstToLast', { smaller: 1000 }),
  tell: (lane, say) =>
    `${lane.label}: the gradient of layer 1 is ${say.number(hiddenFirstToLast(lane), 2)} times that of layer ${say.count(lane.depth)} before the first step, ` +
    `${say.number(hiddenFactorPerBlock(lane))} per ${lane.spec.network.kind === 'mlp' && lane.spec.network.residual ? 'block' : 'layer'}.`,
  prediction: {
    ask: 'A plain ReLU network has 61 layers and He’s weights, so its gradient is level. Batch norm is put into each layer. What is the gradient of layer 1 then, before the first step?',
    replies: {
      'Level, only steadier':
        'That is what the name promises. Read the red line from right to left.',
      'Larger than at the last layer': 'Yes, and by the same factor in each layer, so it explodes.',
      'Smaller than at the last layer':
        'The signal is made smaller or larger; see what the gradient becomes.',
    },
  },
  challenges: [
    {
      id: 'vanish',
      ask: 'Find a plain network in which the gradient vanishes to below a millionth in spite of layer norm.',
      hint: 'Layer norm leaves in what all units have in common over the batch. Which φ has a mean far from 0?',
      solved: ({ settings, lanes }) =>
        settings.form === 'none' &&
        lanes.some((lane) => lane.name === 'layerNorm' && hiddenFirstToLast(lane) < 1e-6),
    },
  ],
});
