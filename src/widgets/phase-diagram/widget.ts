import type { HeatMapSpec, LineChartSpec, Role } from '../../kit/charts/spec';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget } from '../../kit/widget';
import { wordsFor } from '../../kit/words';
import { params, type PhaseValues } from './params';
import { depthsOf, followsLine, PLANE } from './plan';
import { accuracyAt, finished, TRAINED, trainedDepths, type PhaseResult } from './result';
import { criticalWeights, depthScale, slopeSpread } from './theory';

/** Networks train to about six depth scales (Schoenholz et al. 2017). */
const SCALES = 6;
const DEPTH_ROLES: Role[] = ['cure', 'control', 'accent', 'problem'];

const place = (values: PhaseValues) => (followsLine(values) ? 'σ_b' : 'σ_w');

/** Where the places lie on the axis along which they differ. */
const along = (values: PhaseValues, { places }: PhaseResult): number[] =>
  places.map(({ sigmaW, sigmaB }) => (followsLine(values) ? sigmaB : sigmaW));

function planeChart(values: PhaseValues, result: PhaseResult): HeatMapSpec {
  const deepest = trainedDepths(result, depthsOf(values));
  return {
    kind: 'heat',
    x: { label: 'Weights: σ_w', scale: 'linear' },
    y: { label: 'Biases: σ_b', scale: 'linear' },
    rows: PLANE.sigmaB,
    columns: PLANE.sigmaW,
    values: result.chi,
    scale: [-1, 0, Math.log10(2)],
    valueLabel: 'χ, factor of a layer on the squared gradient',
    overlay: [
      {
        id: 'line',
        label: 'χ = 1',
        role: 'theory',
        mark: 'line',
        x: result.line.sigmaW,
        y: result.line.sigmaB,
      },
      {
        id: 'trained',
        label: 'trained to depth',
        role: 'neutral',
        mark: 'points',
        x: result.places.map(({ sigmaW }) => sigmaW),
        y: result.places.map(({ sigmaB }) => sigmaB),
        text: deepest.map((depth, k) =>
          depth > 0 ? String(depth) : Number.isNaN(accuracyAt(result, 0)[k]!) ? '?' : 'none',
        ),
      },
    ],
  };
}

function depthChart(values: PhaseValues, result: PhaseResult): LineChartSpec {
  const depths = depthsOf(values);
  const x = along(values, result);
  const deepest = trainedDepths(result, depths);
  const top = 1.2 * depths.at(-1)!;
  return {
    kind: 'line',
    x: { label: place(values), scale: 'linear' },
    y: { label: 'Hidden layers', scale: 'linear', domain: [0, top] },
    series: [
      {
        id: 'trained',
        label: 'deepest trained',
        role: 'accent',
        mark: 'points',
        x,
        y: deepest,
      },
      // Along the line the depth scale is infinite, and there is no row.
      ...(followsLine(values)
        ? []
        : [
            {
              id: 'scales',
              label: '6 depth scales',
              role: 'theory' as const,
              x: result.row.sigmaW,
              y: result.row.chi.map((chi) => Math.min(top, SCALES * depthScale(chi))),
            },
          ]),
    ],
  };
}

function accuracyChart(values: PhaseValues, result: PhaseResult): LineChartSpec {
  const x = along(values, result);
  return {
    kind: 'line',
    x: { label: place(values), scale: 'linear' },
    y: { label: 'Training accuracy', scale: 'linear', domain: [0, 1] },
    series: depthsOf(values).map((depth, k) => {
      const known = accuracyAt(result, k).flatMap((accuracy, i) =>
        Number.isNaN(accuracy) ? [] : [{ x: x[i]!, y: accuracy }],
      );
      return {
        id: `depth-${depth}`,
        label: `${depth} layers`,
        role: DEPTH_ROLES[k]!,
        mark: 'both',
        x: known.map((point) => point.x),
        y: known.map((point) => point.y),
      };
    }),
    references: [{ axis: 'y', at: 0.1, label: 'chance' }],
  };
}

function describe(values: PhaseValues, result: PhaseResult): string {
  const depths = depthsOf(values);
  const done = finished(result);
  const total = depths.length * result.places.length * values.repeats;
  const words = wordsFor('en');
  if (done === 0) return 'The plane is coloured by theory; no network has been trained yet.';
  const x = along(values, result);
  const found = trainedDepths(result, depths).map((depth, k) => {
    const at = `${place(values)} = ${formatNumber(x[k]!)}`;
    return `${at}: ${depth > 0 ? depth : 'none'}`;
  });
  const partly = done < total ? `So far ${done} of ${total} networks. ` : '';
  const where = followsLine(values)
    ? 'On the line χ = 1'
    : `At σ_b = ${formatNumber(values.sigmaB)}`;
  const on = result.backend ? ` Trained by ${words.badge.names[result.backend]}.` : '';
  return (
    `${partly}${where}, the greatest of the depths ${words.listAll(depths.map(String))} that reached ` +
    `a training accuracy of ${formatPercent(TRAINED)} is, at ${found.join('; ')}.${on}`
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
      note: 'Weights and biases change together, so that χ stays at 1. Ten seeds a network.',
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
  contrast: {
    problem: { preset: 'problem', value: 'worstDeepAccuracy' },
    cure: { preset: 'cure', value: 'worstDeepAccuracy' },
    factor: 3,
  },
  experiment: () => import('./experiment'),
  seedsARun: ({ repeats }) => repeats,
  progress: (values, result) => ({
    done: finished(result),
    total: depthsOf(values).length * result.places.length * values.repeats,
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
  values: (values, result) => {
    const depths = depthsOf(values);
    const deep = accuracyAt(result, depths.length - 1);
    const trained = trainedDepths(result, depths);
    return {
      sigmaW: result.places.map(({ sigmaW }) => sigmaW),
      sigmaB: result.places.map(({ sigmaB }) => sigmaB),
      chi: result.places.map(({ chi }) => chi),
      depthScale: result.places.map(({ chi }) => depthScale(chi)),
      criticalSigmaW: criticalWeights(values.activation, values.sigmaB),
      slopeSpread: result.places.map(({ sigmaW, sigmaB }) =>
        slopeSpread(values.activation, sigmaW, sigmaB),
      ),
      trainedDepth: trained,
      ...Object.fromEntries(depths.map((_, k) => [`accuracy${k + 1}`, accuracyAt(result, k)])),
      worstDeepAccuracy: Math.min(...deep),
      bestDeepAccuracy: Math.max(...deep),
    };
  },
  describe,
  prediction: {
    ask: 'A tanh network with 20 layers is to be trained. Which standard deviation of its weights, times √n, is best?',
    options: [
      { id: 'half', label: 'About 0.5', reply: 'Run it and look at the blue side.' },
      { id: 'one', label: 'A little above 1', reply: 'Run it and look where the dashed line is.' },
      { id: 'three', label: 'About 3', reply: 'Run it and look at the red side.' },
    ],
  },
  challenges: [
    {
      id: 'everywhere',
      ask: 'Make the deepest network train at every place that is tried.',
      hint: 'The places need not lie in a row.',
      solved: (values, result) =>
        finished(result) > 0 &&
        accuracyAt(result, depthsOf(values).length - 1).every((a) => a >= TRAINED),
    },
    {
      id: 'nowhere',
      ask: 'Find an activation function for which 20 layers train at no place of the row.',
      solved: (values, result) =>
        finished(result) > 0 &&
        accuracyAt(result, depthsOf(values).indexOf(20)).every((a) => a < TRAINED),
    },
  ],
});
