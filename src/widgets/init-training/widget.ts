import type { LineChartSpec, Series } from '../../kit/charts/spec';
import { differences } from '../../kit/differences';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import { params, type InitValues } from './params';
import { lanesOf, type Lane } from './specs';

const CHANCE_LOSS = Math.log(10);
const LEARNED_ACCURACY = 0.5;
/** Top of the loss axis where a curve goes beyond: one that diverges must not press the others to the floor. */
const LOSS_TOP = 6;
/** Runs shorter than this are there for the profile of the start alone. */
const SHORT_RUN = 20;

/** The slides' networks; one learning rate at which depth alone decides. */
const SLIDES = { compare: 'slides', width: 64, learningRate: 0.005 } as const;

/** Standard deviation of each hidden layer, frame by frame. */
const activationStd = (lane: LaneResult): number[][] => lane.extra['activationStd'] ?? [];

function eachLane(
  values: InitValues,
  result: TrainingResult,
  points: (lane: LaneResult) => Pick<Series, 'x' | 'y'>,
): Series[] {
  return lanesOf(values).flatMap(({ name, label, role }) => {
    const lane = result.lanes[name];
    return lane ? [{ id: name, label, role, ...points(lane) }] : [];
  });
}

/** The losses, on an axis of its own choice unless a curve leaves the range worth reading. */
function lossChart(values: InitValues, result: TrainingResult): LineChartSpec {
  const series = eachLane(values, result, (lane) => ({ x: lane.steps, y: lane.loss }));
  const beyond = series.some(({ y }) => y.some((loss) => loss > LOSS_TOP));
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', domain: [0, values.steps], integer: true },
    y: {
      label: 'Batch loss',
      scale: 'linear',
      ...(beyond ? { domain: [0, LOSS_TOP] as [number, number] } : {}),
    },
    series,
    references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
  };
}

/** One statistic of every layer at one frame: 0 is the start, −1 the step shown. */
function layerChart(
  values: InitValues,
  result: TrainingResult,
  { label, last, frame = -1 }: { label: string; last: number; frame?: 0 | -1 },
  statistic: (lane: LaneResult) => number[][],
): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Layer', scale: 'linear', domain: [1, Math.max(2, last)], integer: true },
    y: { label, scale: 'log' },
    series: eachLane(values, result, (lane) => {
      const y = statistic(lane).at(frame) ?? [];
      return { x: y.map((_, i) => i + 1), y };
    }).map((series) => ({ ...series, mark: 'both' })),
  };
}

/** The last over the first, or the other way round, of a layer profile. */
const ratio = (above: number | undefined, below: number | undefined): number =>
  (above ?? NaN) / (below ?? NaN);

function laneValues(lane: LaneResult, depth: number): Record<string, number | number[]> {
  const std = activationStd(lane)[0] ?? [];
  const signal = (lane.signalGradientNorm[0] ?? []).slice(0, depth);
  return {
    finalLoss: lane.final?.trainLoss ?? NaN,
    trainAccuracy: lane.final?.trainAccuracy ?? NaN,
    testAccuracy: lane.final?.testAccuracy ?? NaN,
    overflowStep: lane.firstNonFinite?.step ?? Infinity,
    initialActivationStd: std,
    initialSignalGradientNorm: signal,
    initialWeightGradientNorm: lane.weightGradientNorm[0] ?? [],
    activationRatio: ratio(std[depth - 1], std[0]),
    signalGradientRatio: ratio(signal[0], signal[depth - 1]),
  };
}

function outcome({ label }: Lane, lane: LaneResult): string {
  if (lane.firstNonFinite) return `${label}: diverged at step ${lane.firstNonFinite.step}.`;
  if (lane.final) {
    return (
      `${label}: training loss ${formatNumber(lane.final.trainLoss)}, test accuracy ` +
      `${formatPercent(lane.final.testAccuracy ?? NaN)}.`
    );
  }
  return `${label}: batch loss ${formatNumber(lane.loss.at(-1) ?? NaN)} at step ${lane.steps.at(-1)}.`;
}

export default defineWidget({
  id: 'init-training',
  version: 1,
  kind: 'training',
  title: 'One network, many starts',
  summary:
    'The same deep network learns handwritten digits from weights drawn by different rules, on the same batches.',
  chapter: 'weight-initialization',
  params,
  presets: {
    problem: {
      label: 'Small random numbers',
      note: 'Ten tanh layers, std 0.01 beside an orthogonal start.',
      params: {},
    },
    sizes: {
      label: 'Fixed sizes',
      note: 'Zeros, and normal numbers of std 0.01, 0.05, 0.4 and 1, beside Glorot’s rule.',
      params: { compare: 'sizes' },
    },
    cure: {
      label: 'Cure: calibrated rules',
      note: 'Six rules that look at the width of a layer, under tanh.',
      params: { compare: 'rules' },
    },
    sizesRelu: {
      label: 'Fixed sizes, ReLU',
      note: 'The same sizes under ReLU.',
      params: { activation: 'relu', compare: 'sizes' },
    },
    rulesRelu: {
      label: 'Calibrated rules, ReLU',
      note: 'The same rules under ReLU.',
      params: { activation: 'relu', compare: 'rules' },
    },
    slides: {
      label: 'The slides, trained',
      note: 'Six tanh layers of 64 units with the slides’ gains.',
      params: { ...SLIDES, depth: 6 },
    },
    slidesDeep: {
      label: 'The slides, 30 layers',
      note: 'The same with 30 layers: tanh.',
      params: { ...SLIDES, depth: 30 },
    },
    slidesRelu: {
      label: 'The slides, trained, ReLU',
      note: 'The same gains under ReLU, with six layers.',
      params: { ...SLIDES, activation: 'relu', depth: 6 },
    },
    slidesDeepRelu: {
      label: 'The slides, 30 layers, ReLU',
      note: 'The same gains under ReLU, with 30 layers.',
      params: { ...SLIDES, activation: 'relu', depth: 30 },
    },
    glorot: {
      label: 'Glorot’s two figures',
      note: 'Five tanh layers of 1000 units as drawn: the usual rule of 2010 beside the new one.',
      params: {
        initializer: 'standard',
        beside: 'glorotUniform',
        depth: 5,
        width: 1000,
        learningRate: 0.0005,
        steps: 1,
      },
    },
    glorotSigmoid: {
      label: 'The same, sigmoid',
      note: 'Glorot’s rule does not save a sigmoid.',
      params: {
        activation: 'sigmoid',
        initializer: 'standard',
        beside: 'glorotUniform',
        depth: 5,
        width: 1000,
        learningRate: 0.0005,
        steps: 1,
      },
    },
  },
  lanes: (values) => {
    const lanes = lanesOf(values);
    const [first] = lanes as [Lane, ...Lane[]];
    return lanes.map(({ name, label, role, spec }) => ({
      ...{ name, label, role },
      ...(spec === first.spec ? {} : { differs: differences(first.spec, spec).join('; ') }),
    }));
  },
  experiment: () => import('./experiment'),
  learned: (lane) => (lane.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
  figures: [
    {
      id: 'loss',
      title: 'Loss while training',
      caption: `Cross-entropy of each batch. At chance it is ln 10: the network guesses. Where a curve goes beyond ${LOSS_TOP} the axis ends there, and the table has its numbers.`,
      chart: lossChart,
      shown: ({ steps }) => steps > SHORT_RUN,
    },
    {
      id: 'activations',
      title: 'Activations by layer at the start',
      caption:
        'Standard deviation of each hidden layer, over the batch and the units, before the first step.',
      chart: (values, result) =>
        layerChart(
          values,
          result,
          { label: 'Standard deviation of h', last: values.depth, frame: 0 },
          activationStd,
        ),
    },
    {
      id: 'activations-trained',
      title: 'Activations by layer at the step shown',
      caption:
        'The same while training. Biases that have learned to differ from unit to unit count here too: a layer can show a spread although nothing of the input reaches it.',
      chart: (values, result) =>
        layerChart(
          values,
          result,
          { label: 'Standard deviation of h', last: values.depth },
          activationStd,
        ),
      shown: ({ steps }) => steps > SHORT_RUN,
    },
    {
      id: 'signal-gradient',
      title: 'Back-propagated gradients by layer at the start',
      caption: 'The signal gradient, ‖∂L/∂z‖, before the first step; the last layer is the output.',
      chart: (values, result) =>
        layerChart(
          values,
          result,
          { label: '‖∂L/∂z‖', last: values.depth + 1, frame: 0 },
          (lane) => lane.signalGradientNorm,
        ),
    },
    {
      id: 'signal-gradient-trained',
      title: 'Back-propagated gradients by layer at the step shown',
      caption: 'The same while training.',
      chart: (values, result) =>
        layerChart(
          values,
          result,
          { label: '‖∂L/∂z‖', last: values.depth + 1 },
          (lane) => lane.signalGradientNorm,
        ),
      shown: ({ steps }) => steps > SHORT_RUN,
    },
    {
      id: 'weight-gradient',
      title: 'Weight gradients by layer',
      caption: 'What moves the weights of each layer, ‖∂L/∂W‖, at the step shown.',
      chart: (values, result) =>
        layerChart(
          values,
          result,
          { label: '‖∂L/∂W‖', last: values.depth + 1 },
          (lane) => lane.weightGradientNorm,
        ),
    },
  ],
  values: (values, result) => {
    const named: Record<string, number | number[]> = {};
    for (const { name } of lanesOf(values)) {
      const lane = result.lanes[name];
      if (lane === undefined) continue;
      const prefix = name === 'problem' ? '' : `${name}.`;
      for (const [key, value] of Object.entries(laneValues(lane, values.depth)))
        named[prefix + key] = value;
    }
    return named;
  },
  contrast: {
    problem: { preset: 'problem', value: 'activationRatio' },
    cure: { preset: 'problem', value: 'cure.activationRatio' },
    factor: 1e8,
  },
  describe: (values, result) => {
    const shown = lanesOf(values).flatMap((lane) => {
      const of = result.lanes[lane.name];
      return of && of.steps.length > 0 ? [{ lane, of }] : [];
    });
    if (shown.length === 0) return '';
    const profile = shown.map(({ lane, of }) => {
      const std = activationStd(of)[0] ?? [];
      return `${lane.label}: ${formatNumber(ratio(std.at(-1), std[0]), { digits: 2 })}`;
    });
    return (
      `${shown.map(({ lane, of }) => outcome(lane, of)).join(' ')} Activations of layer ` +
      `${values.depth} at the start, as multiples of those of layer 1: ${profile.join('; ')}.`
    );
  },
  prediction: {
    ask: 'Ten tanh layers of 32 units, weights of standard deviation 0.01. How large are the activations of layer 10 before training?',
    options: [
      {
        id: 'hundredth',
        label: 'About a hundredth',
        reply: 'One layer costs more than that. Run it and look at the activations by layer.',
      },
      {
        id: 'millionth',
        label: 'About a millionth',
        reply: 'A layer multiplies by 0.01 · √32, about 0.06, and there are nine of them to cross.',
      },
      {
        id: 'less',
        label: 'Less than a thousand millionth',
        reply: 'Yes: nine factors of about 0.06 are some eleven powers of ten.',
      },
    ],
  },
  challenges: [
    {
      id: 'twenty',
      ask: 'Train a network with 20 hidden layers to a test accuracy of 80 %, with any rule and learning rate.',
      hint: 'Tanh, a rule that preserves lengths, and a smaller learning rate.',
      solved: (values, result) =>
        values.depth >= 20 &&
        Object.values(result.lanes).some((lane) => (lane.final?.testAccuracy ?? 0) >= 0.8),
    },
    {
      id: 'slide',
      ask: 'The slides say that ReLU with weights of std 1/√n does not learn. Train one with ten layers to a test accuracy of 60 %.',
      hint: 'The rule is LeCun’s.',
      solved: (values, result) => {
        if (values.activation !== 'relu' || values.depth < 10) return false;
        return lanesOf(values).some(
          ({ name, spec }) =>
            spec.network.kind === 'mlp' &&
            spec.network.initializer.kind === 'leCunNormal' &&
            (result.lanes[name]?.final?.testAccuracy ?? 0) >= 0.6,
        );
      },
    },
  ],
});
