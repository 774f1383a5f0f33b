import type { HeatMapSpec, LineChartSpec, Role } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget } from '../../kit/widget';
import { trainedBy } from '../../kit/trainedBy';
import { params, type PhaseSettings } from './params';
import { depthsOf, followsLine } from './plan';
import { finished, TRAINED, type PhaseResult } from './result';
import { criticalWeights, depthScale, slopeSpread } from './theory';

/** Networks train to about six depth scales (Schoenholz et al. 2017). */
const SCALES = 6;
const DEPTH_ROLES: Role[] = ['cure', 'control', 'accent', 'problem'];

const place = (settings: PhaseSettings) => (followsLine(settings) ? 'σ_b' : 'σ_w');

/** Where the places lie on the axis along which they differ. */
const along = (settings: PhaseSettings, { places }: PhaseResult): number[] =>
  places.map(({ sigmaW, sigmaB }) => (followsLine(settings) ? sigmaB : sigmaW));

function planeChart(_: PhaseSettings, result: PhaseResult, say: Say): HeatMapSpec {
  const { plane, line, places, median, deepest } = result;
  return {
    kind: 'heat',
    x: { label: 'Weights: σ_w', scale: 'linear' },
    y: { label: 'Biases: σ_b', scale: 'linear' },
    rows: plane.sigmaB,
    columns: plane.sigmaW,
    values: plane.chi,
    scale: [-1, 0, Math.log10(2)],
    valueLabel: 'χ, factor of a layer on the squared gradient',
    overlay: [
      {
        ...{ id: 'line', label: 'χ = 1', role: 'theory', mark: 'line' },
        ...{ x: line.sigmaW, y: line.sigmaB },
      },
      {
        ...{ id: 'trained', label: 'trained to depth', role: 'neutral', mark: 'points' },
        x: places.map(({ sigmaW }) => sigmaW),
        y: places.map(({ sigmaB }) => sigmaB),
        text: deepest.map((depth, k) =>
          depth > 0 ? say.count(depth) : Number.isNaN(median[0]![k]!) ? '?' : 'none',
        ),
      },
    ],
  };
}

function depthChart(settings: PhaseSettings, result: PhaseResult): LineChartSpec {
  const top = 1.2 * depthsOf(settings).at(-1)!;
  const { sigmaW, chi } = result.row;
  return {
    kind: 'line',
    x: { label: place(settings), scale: 'linear' },
    y: { label: 'Hidden layers', scale: 'linear', domain: [0, top] },
    series: [
      {
        ...{ id: 'trained', label: 'deepest trained', role: 'accent', mark: 'points' },
        ...{ x: along(settings, result), y: result.deepest },
      },
      // Along the line the depth scale is infinite, and there is no row.
      ...(followsLine(settings)
        ? []
        : [
            {
              ...{ id: 'scales', label: '6 depth scales', role: 'theory' as const },
              ...{ x: sigmaW, y: chi.map((one) => SCALES * depthScale(one)) },
            },
          ]),
    ],
  };
}

function accuracyChart(settings: PhaseSettings, result: PhaseResult, say: Say): LineChartSpec {
  const x = along(settings, result);
  return {
    kind: 'line',
    x: { label: place(settings), scale: 'linear' },
    y: { label: 'Training accuracy', scale: 'linear', domain: [0, 1] },
    series: depthsOf(settings).map((depth, k) => {
      const known = result.median[k]!.flatMap((accuracy, i) =>
        Number.isNaN(accuracy) ? [] : [{ x: x[i]!, y: accuracy }],
      );
      return {
        id: `depth-${depth}`,
        label: `${say.count(depth)} layers`,
        role: DEPTH_ROLES[k]!,
        mark: 'both',
        x: known.map((point) => point.x),
        y: known.map((point) => point.y),
      };
    }),
    references: [{ axis: 'y', at: 0.1, label: 'chance' }],
  };
}

/** How many networks are trained with these settings. */
const networks = (settings: PhaseSettings, { places }: PhaseResult): number =>
  depthsOf(settings).length * places.length * settings.repeats;

function describe(settings: PhaseSettings, result: PhaseResult, say: Say): string {
  const { words } = say;
  const done = finished(result);
  const total = networks(settings, result);
  if (done === 0) return 'The plane is coloured by theory; no network has been trained yet.';
  const x = along(settings, result);
  const found = result.deepest.map((depth, k) => {
    const at = `${place(settings)} = ${say.number(x[k]!)}`;
    return `${at}: ${depth > 0 ? say.count(depth) : 'none'}`;
  });
  const depths = depthsOf(settings).map((depth) => say.count(depth));
  const partly = done < total ? `So far ${say.count(done)} of ${say.count(total)} networks. ` : '';
  const where = followsLine(settings)
    ? 'On the line χ = 1'
    : `At σ_b = ${say.number(settings.sigmaB)}`;
  return (
    `${partly}${where}, the greatest of the depths ${words.listAll(depths)} that reached ` +
    `a training accuracy of ${say.percent(TRAINED)} is, at ${found.join('; ')}.${trainedBy(result.backend, say)}`
  );
}

export default defineWidget<typeof params, PhaseResult>({
  id: 'phase-diagram',
  version: 1,
  kind: 'survey',
  title: 'Order, chaos and the line between',
  summary:
    'The plane of weight and bias variance, coloured by what theory says of a gradient, and small networks trained at places of it.',
  chapter: 'order-and-chaos',
  params,
  presets: {
    problem: {
      label: 'Across the plane',
      note: 'One row: σ_b = 0.05, and growing σ_w.',
      params: {},
    },
    cure: {
      label: 'Along the line',
      note: 'Weights and biases change together, so that χ stays at 1. Ten seeds per network.',
      params: { path: 'critical', repeats: 10 },
    },
    orthogonal: {
      label: 'Along the line, orthogonal',
      note: 'The same places, with orthogonal weights of the same variance.',
      params: { path: 'critical', weights: 'orthogonal', repeats: 10 },
    },
    fine: {
      label: 'Across, in detail',
      note: 'Nine places, four depths, three seeds each, 200 steps at a smaller learning rate.',
      params: { grid: 'fine', learningRate: 0.005, steps: 200, repeats: 3 },
    },
    relu: {
      label: 'ReLU',
      note: 'For ReLU, χ = σ_w²/2 whatever the biases: the line stands upright.',
      params: { activation: 'relu' },
    },
    sigmoid: {
      label: 'Sigmoid',
      note: 'No weights in this plane bring a sigmoid to the line.',
      params: { activation: 'sigmoid' },
    },
  },
  experiment: () => import('./experiment'),
  progress: (settings, result) => ({
    done: finished(result),
    total: networks(settings, result),
  }),
  figures: [
    {
      id: 'plane',
      title: 'The plane of order and chaos',
      caption:
        'Blue: gradients vanish (order). Red: they explode (chaos). The dashed line is χ = 1. A number is the greatest depth that trained at its place.',
      chart: planeChart,
    },
    {
      id: 'depth',
      title: 'How deep a network trains',
      caption:
        'Theory names a depth scale 1/|ln χ|; six of them are about how deep a network can be and still train. Near χ = 1 that is beyond the drawing.',
      chart: depthChart,
    },
    {
      id: 'accuracy',
      title: 'Training accuracy at each place',
      caption: 'The deeper the network, the narrower the range in which it learns.',
      chart: accuracyChart,
    },
  ],
  describe,
  values: ({ activation, sigmaB }, { places, median, deepest }) => {
    const deep = median.at(-1)!;
    return {
      sigmaW: places.map((one) => one.sigmaW),
      sigmaB: places.map((one) => one.sigmaB),
      chi: places.map(({ chi }) => chi),
      depthScale: places.map(({ chi }) => depthScale(chi)),
      criticalSigmaW: criticalWeights(activation, sigmaB),
      slopeSpread: places.map((one) => slopeSpread(activation, one.sigmaW, one.sigmaB)),
      trainedDepth: deepest,
      ...Object.fromEntries(median.map((accuracy, k) => [`accuracy${k + 1}`, accuracy])),
      worstDeepAccuracy: Math.min(...deep),
      bestDeepAccuracy: Math.max(...deep),
    };
  },
  contrast: contrast('problem: worstDeepAccuracy', 'cure: worstDeepAccuracy', { larger: 3 }),
  seedsARun: ({ repeats }) => repeats,
  prediction: {
    ask: 'A tanh network with 20 layers is to be trained. Which standard deviation of its weights, times √n, is best?',
    replies: {
      'About 0.5': 'Run it and look at the blue side.',
      'A little above 1': 'Run it and look where the dashed line is.',
      'About 3': 'Run it and look at the red side.',
    },
  },
  challenges: [
    {
      id: 'everywhere',
      ask: 'Make the deepest network train at every place that is tried.',
      hint: 'The places need not lie in a row.',
      solved: (_, result) =>
        finished(result) > 0 && result.median.at(-1)!.every((accuracy) => accuracy >= TRAINED),
    },
    {
      id: 'nowhere',
      ask: 'Find an activation function for which 20 layers train at no place of the row.',
      solved: (settings, result) =>
        finished(result) > 0 &&
        result.median[depthsOf(settings).indexOf(20)]!.every((accuracy) => accuracy < TRAINED),
    },
  ],
});
