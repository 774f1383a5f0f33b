import { shareAxes } from '../../kit/charts/share';
import type { HeatMapSpec, LineChartSpec, Series } from '../../kit/charts/spec';
import { differences } from '../../kit/differences';
import { formatNumber, formatPercent } from '../../kit/format';
import { choice, int, number } from '../../kit/parameters';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import { sigmoidMeanField } from './meanField';
import { lanesOf, type Lane, type Setting } from './specs';

const CHANCE_LOSS = Math.log(10);
const LEARNED_ACCURACY = 0.5;
const PLATEAU_END = 2;

export default defineWidget({
  kind: 'training',
  id: 'vanishing-depth',
  version: 1,
  title: 'Depth makes the gradient vanish',
  summary:
    'A deep sigmoid network and a second one learn handwritten digits side by side, on the same batches.',
  chapter: 'vanishing-gradients',
  params: {
    depth: int({
      label: 'Hidden layers',
      symbol: 'L',
      help: 'Depth of the sigmoid network.',
      min: 1,
      max: 50,
      default: 10,
    }),
    compare: choice({
      label: 'Beside it',
      help: 'The shallow network differs in depth alone. A cure names all that it changes.',
      options: [
        { value: 'shallow', label: 'A shallow sigmoid network' },
        { value: 'tanh', label: 'Cure: tanh, orthogonal' },
        { value: 'relu', label: 'Cure: ReLU, He, Adam' },
        { value: 'tanhParts', label: 'Tanh cure, one change at a time' },
        { value: 'reluParts', label: 'ReLU cure, one change at a time' },
      ],
      default: 'shallow',
    }),
    controlDepth: int({
      label: 'Its hidden layers',
      min: 1,
      max: 50,
      default: 2,
      when: { parameter: 'compare', is: ['shallow'] },
    }),
    learningRate: number({
      label: 'Learning rate',
      symbol: 'η',
      help: 'For the sigmoid networks; a cure brings its own.',
      min: 0.001,
      max: 1,
      scale: 'log',
      divisions: 60,
      default: 0.1,
      advanced: true,
    }),
    width: int({ label: 'Units per layer', min: 4, max: 64, default: 32, advanced: true }),
    batchSize: int({ label: 'Batch size', min: 8, max: 128, default: 32, advanced: true }),
    steps: int({ label: 'Steps', min: 10, max: 2000, default: 300, advanced: true }),
    seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
  },
  presets: {
    problem: {
      label: 'Problem',
      note: 'Ten hidden layers beside two: nothing else differs.',
      params: {},
    },
    cure: {
      label: 'Cure: tanh',
      note: 'Activation, initialization and learning rate change.',
      params: { compare: 'tanh' },
    },
    cureRelu: {
      label: 'Cure: ReLU',
      note: 'Activation, initialization, optimizer and learning rate change.',
      params: { compare: 'relu' },
    },
    plateau: {
      label: 'Plateau',
      note: 'Four hidden layers beside three, and three times the steps.',
      params: { depth: 4, controlDepth: 3, steps: 900 },
    },
    ablation: {
      label: 'Tanh, part by part',
      note: 'Each change of the tanh cure alone, then all of them.',
      params: { compare: 'tanhParts' },
    },
    ablationRelu: {
      label: 'ReLU, part by part',
      note: 'Each change of the ReLU cure alone, Adam with its own rate, then all of them.',
      params: { compare: 'reluParts' },
    },
  },
  lanes: (setting) => {
    const lanes = lanesOf(setting);
    const problem = lanes[0] as Lane;
    return lanes.map(({ name, label, role, spec }) => ({
      name,
      label,
      role,
      ...(spec === problem.spec ? {} : { differs: differences(problem.spec, spec).join('; ') }),
    }));
  },
  experiment: () => import('./experiment'),
  learned: (lane) => (lane.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
  figures: [
    {
      id: 'loss',
      title: 'Loss while training',
      caption: 'Cross-entropy of each batch. At chance it is ln 10: the network guesses.',
      chart: (setting, result) => ({
        kind: 'line',
        x: { label: 'Step', scale: 'linear', domain: [0, setting.steps], integer: true },
        y: { label: 'Batch loss', scale: 'linear' },
        series: eachLane(setting, result, ({ lane }) => ({ x: lane.steps, y: lane.loss })),
        references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
      }),
    },
    {
      id: 'signal-gradient',
      title: 'Signal gradient by layer',
      caption:
        'How much of the error reaches each layer, ‖∂L/∂z‖, at the step shown. The theory is that of the weights as drawn, from the last hidden layer backwards.',
      chart: (setting, result) => {
        const chart = layerChart(setting, result, 'signalGradientNorm', '‖∂L/∂z‖');
        return { ...chart, series: [...chart.series, ...theory(setting, result)] };
      },
    },
    {
      id: 'weight-gradient',
      title: 'Weight gradient by layer',
      caption: 'What each layer’s weights are moved by, ‖∂L/∂W‖, at the step shown.',
      chart: (setting, result) => layerChart(setting, result, 'weightGradientNorm', '‖∂L/∂W‖'),
    },
    {
      id: 'map',
      title: 'Layer by step: the deep sigmoid network',
      caption: 'The weight gradient of every layer while it trains; layer 1 is the lowest row.',
      chart: (setting, result) => heatMaps(setting, result)[0],
    },
    {
      id: 'map-beside',
      title: 'Layer by step: the network beside it',
      caption: 'The same for the last of the networks that it is compared with.',
      chart: (setting, result) => heatMaps(setting, result)[1],
    },
  ],
  values: (setting, result) => {
    const named: Record<string, number | number[]> = {};
    for (const { name, spec } of lanesOf(setting)) {
      const lane = result.lanes[name];
      if (lane === undefined) continue;
      const prefix = name === 'problem' ? '' : `${name}.`;
      for (const [key, value] of Object.entries(laneValues(lane, depthOf(spec)))) {
        named[prefix + key] = value;
      }
    }
    return named;
  },
  contrast: {
    problem: { preset: 'problem', value: 'firstLayerRatio' },
    cure: { preset: 'cure', value: 'cure.firstLayerRatio' },
    factor: 1e4,
  },
  describe: (setting, result) => {
    const lanes = lanesOf(setting).flatMap(({ name, label }) => {
      const lane = result.lanes[name];
      return lane && lane.loss.length > 0 ? [{ label, lane }] : [];
    });
    const problem = lanes[0];
    if (problem === undefined) return '';
    return `${lanes.map(outcome).join(' ')} ${profile(setting, problem.lane)}`;
  },
  prediction: {
    ask: 'Ten hidden layers stay at chance. What will four do, if they get three times the steps?',
    options: [
      {
        id: 'same',
        label: 'Stay at chance',
        reply: 'Try the preset “Plateau”: with four layers the loss does fall in the end.',
      },
      {
        id: 'late',
        label: 'Stay at chance for long, then learn',
        reply:
          'Try the preset “Plateau”: that is what it does, some hundreds of steps after depth three.',
      },
      {
        id: 'once',
        label: 'Learn at once',
        reply:
          'Try the preset “Plateau”: first the loss wavers about chance, for hundreds of steps.',
      },
    ],
  },
  challenges: [
    {
      id: 'depth-four',
      ask: 'Make a sigmoid network with four hidden layers reach a training accuracy of 50 %.',
      hint: 'It is a plateau, not a wall.',
      solved: (setting, result) =>
        setting.depth >= 4 &&
        (result.lanes['problem']?.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
    },
    {
      id: 'million-millionth',
      ask: 'Find a depth at which the first layer’s weight gradient starts below 10⁻¹² of the last hidden layer’s.',
      hint: 'Read off the factor that each layer costs.',
      solved: (setting, result) => firstLayerRatio(result.lanes['problem'], setting.depth) < 1e-12,
    },
  ],
});

const depthOf = (spec: Lane['spec']): number =>
  spec.network.kind === 'mlp' ? spec.network.depth : 0;

function eachLane(
  setting: Setting,
  result: TrainingResult,
  points: (given: { lane: LaneResult; depth: number }) => { x: number[]; y: number[] },
): Series[] {
  return lanesOf(setting).flatMap(({ name, label, role, spec }) => {
    const lane = result.lanes[name];
    if (lane === undefined) return [];
    return [{ id: name, label, role, ...points({ lane, depth: depthOf(spec) }) }];
  });
}

function layerChart(
  setting: Setting,
  result: TrainingResult,
  statistic: 'signalGradientNorm' | 'weightGradientNorm',
  label: string,
): LineChartSpec {
  const deepest = Math.max(...lanesOf(setting).map(({ spec }) => depthOf(spec)));
  return {
    kind: 'line',
    x: {
      label: 'Layer (the last one is the output)',
      scale: 'linear',
      domain: [1, deepest + 1],
      integer: true,
    },
    y: { label, scale: 'log' },
    series: eachLane(setting, result, ({ lane }) => {
      const y = lane[statistic].at(-1) ?? [];
      return { x: y.map((_, i) => i + 1), y };
    }).map((series) => ({ ...series, mark: 'both' })),
  };
}

const { chi } = sigmoidMeanField();

/** The signal gradient that the mean-field limit predicts at the start, from the last hidden layer down. */
function theory(setting: Setting, result: TrainingResult): Series[] {
  const measured = result.lanes['problem']?.signalGradientNorm[0];
  const last = measured?.[setting.depth - 1];
  if (last === undefined) return [];
  const layers = Array.from({ length: setting.depth }, (_, i) => i + 1);
  return [
    {
      id: 'theory',
      label: `theory at the start: × ${formatNumber(Math.sqrt(chi))} a layer`,
      role: 'theory',
      x: layers,
      y: layers.map((layer) => last * Math.sqrt(chi) ** (setting.depth - layer)),
    },
  ];
}

function heatMaps(setting: Setting, result: TrainingResult): [HeatMapSpec, HeatMapSpec] {
  const lanes = lanesOf(setting);
  const map = ({ name, spec }: Lane): HeatMapSpec => {
    const lane = result.lanes[name];
    const frames = lane?.weightGradientNorm ?? [];
    const rows = Array.from({ length: depthOf(spec) + 1 }, (_, i) => i + 1);
    return {
      kind: 'heat',
      x: { label: 'Step', scale: 'linear', domain: [0, setting.steps], integer: true },
      y: { label: 'Layer', scale: 'linear', integer: true },
      rows,
      columns: lane?.frameSteps ?? [],
      values: rows.map((_, row) => frames.map((frame) => frame[row] ?? NaN)),
      valueLabel: '‖∂L/∂W‖',
    };
  };
  const [deep, beside] = shareAxes([map(lanes[0] as Lane), map(lanes.at(-1) as Lane)]);
  return [deep as HeatMapSpec, beside as HeatMapSpec];
}

function laneValues(lane: LaneResult, depth: number): Record<string, number | number[]> {
  const below = lane.loss.findIndex((loss) => loss < PLATEAU_END);
  const first = lane.signalGradientNorm[0] ?? [];
  return {
    firstLayerRatio: firstLayerRatio(lane, depth),
    factorPerLayer: ((first[0] ?? NaN) / (first[depth - 1] ?? NaN)) ** (1 / (depth - 1)),
    initialLoss: lane.loss[0] ?? NaN,
    finalLoss: lane.final?.trainLoss ?? NaN,
    trainAccuracy: lane.final?.trainAccuracy ?? NaN,
    testAccuracy: lane.final?.testAccuracy ?? NaN,
    plateauSteps: lane.steps[below] ?? Infinity,
    initialWeightGradientNorm: lane.weightGradientNorm[0] ?? [],
    finalWeightGradientNorm: lane.weightGradientNorm.at(-1) ?? [],
    initialSignalGradientNorm: first,
  };
}

/** ‖∂L/∂W₁‖ over the last hidden layer's ‖∂L/∂W_L‖, before the first update. */
function firstLayerRatio(lane: LaneResult | undefined, depth: number): number {
  const norms = lane?.weightGradientNorm[0];
  return (norms?.[0] ?? NaN) / (norms?.[depth - 1] ?? NaN);
}

function outcome({ label, lane }: { label: string; lane: LaneResult }): string {
  if (lane.firstNonFinite) return `${label}: diverged at step ${lane.firstNonFinite.step}.`;
  if (lane.final) {
    const accuracy = lane.final.testAccuracy ?? NaN;
    const loss = formatNumber(lane.final.trainLoss);
    return `${label}: training loss ${loss}, test accuracy ${formatPercent(accuracy)}.`;
  }
  const last = lane.loss.length - 1;
  return `${label}: batch loss ${formatNumber(lane.loss[last] ?? NaN)} at step ${lane.steps[last]}.`;
}

function profile(setting: Setting, lane: LaneResult): string {
  if (setting.depth < 2) return '';
  const ratio = formatNumber(firstLayerRatio(lane, setting.depth), { digits: 2 });
  return (
    `At the start the weight gradient of layer 1 is ${ratio} times that of layer ${setting.depth}. ` +
    `Chance is a loss of ${formatNumber(CHANCE_LOSS)}.`
  );
}
