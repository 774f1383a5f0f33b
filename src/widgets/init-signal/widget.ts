import type { HistogramSpec, LineChartSpec, Series } from '../../kit/charts/spec';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget } from '../../kit/widget';
import { params, type SignalValues } from './params';
import {
  backwardNumbers,
  DEPTH,
  factorPerLayer,
  forwardNumbers,
  INPUTS,
  LAYERS,
  theoryOf,
  visited,
  WIDTH,
  type SignalResult,
} from './passes';

const NAMES = { tanh: 'tanh', relu: 'ReLU' } as const;

const BACKENDS = {
  webgl: 'WebGL',
  captured: 'WebAssembly',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
} as const;

const layerAxis = {
  label: 'Layer',
  scale: 'linear',
  domain: [1, DEPTH] as [number, number],
  integer: true,
} as const;

/** What was measured, as points; layers that are still to come are left out. */
function measured(id: string, label: string, values: number[]): Series {
  const known = LAYERS.filter((layer) => !Number.isNaN(values[layer - 1]));
  return {
    id,
    label,
    role: 'accent',
    mark: 'points',
    x: known,
    y: known.map((layer) => values[layer - 1]!),
  };
}

const theory = (id: string, label: string, y: number[]): Series => ({
  ...{ id, label, y },
  role: 'theory',
  x: LAYERS,
});

function histograms({ activation }: SignalValues, { forward }: SignalResult): HistogramSpec {
  const none = activation === 'tanh' ? [-1, 1] : [0, 1];
  return {
    kind: 'histogram',
    x: { label: 'Activation h', scale: 'linear' },
    panels: LAYERS.map((layer) => {
      const report = forward[layer - 1];
      if (!report) {
        const label = `layer ${layer}`;
        return { label, role: 'accent', edges: none, counts: [0] };
      }
      const { histogram, zeroShare, std } = report;
      return {
        label: `${layer}: std ${formatNumber(std)}`,
        role: 'accent',
        ...histogram,
        ...(zeroShare >= 0.001 ? { note: `${formatPercent(zeroShare)} exactly 0` } : {}),
      };
    }),
  };
}

function moments(values: SignalValues, result: SignalResult): LineChartSpec {
  const expected = theoryOf(values);
  const relu = values.activation === 'relu';
  return {
    kind: 'line',
    x: layerAxis,
    y: { label: relu ? 'Standard deviation and mean' : 'Standard deviation', scale: 'log' },
    series: [
      theory('theory-std', 'std, theory', expected.std),
      measured('std', 'std', forwardNumbers(result, 'std')),
      ...(relu
        ? [
            theory('theory-mean', 'mean, theory', expected.mean),
            {
              ...measured('mean', 'mean', forwardNumbers(result, 'mean')),
              role: 'control' as const,
            },
          ]
        : []),
    ],
  };
}

function signalGradients(values: SignalValues, result: SignalResult): LineChartSpec {
  return {
    kind: 'line',
    x: layerAxis,
    y: { label: '‖∂L/∂z‖', scale: 'log' },
    series: [
      theory('theory', 'theory', theoryOf(values).signalGradientNorm),
      measured('measured', '‖∂L/∂z‖', backwardNumbers(result, 'signalGradientNorm')),
    ],
  };
}

function weightGradients(_: SignalValues, result: SignalResult): LineChartSpec {
  const norms = backwardNumbers(result, 'weightGradientNorm');
  return {
    kind: 'line',
    x: layerAxis,
    y: { label: '‖∂L/∂W‖', scale: 'log' },
    series: [{ ...measured('measured', '‖∂L/∂W‖', norms), mark: 'both' }],
  };
}

const list = (numbers: number[]): string =>
  numbers.map((value) => formatNumber(value, { digits: 3 })).join(', ');

export default defineWidget<typeof params, SignalResult>({
  id: 'init-signal',
  version: 1,
  kind: 'survey',
  title: 'A signal through six layers of 4096 units',
  summary:
    'Sixteen inputs go up through a wide network as drawn, a gradient comes down; every layer is measured.',
  chapter: 'weight-initialization',
  params,
  presets: {
    problem: {
      label: 'tanh, std 0.01',
      note: 'Small random numbers: a gain of 0.64.',
      params: {},
    },
    large: {
      label: 'tanh, std 0.05',
      note: 'Five times as large: a gain of 3.2.',
      params: { gain: 3.2 },
    },
    cure: {
      label: 'tanh, std 1/√n',
      note: 'What the slides call Xavier: a gain of 1.',
      params: { gain: 1 },
    },
    reluXavier: {
      label: 'ReLU, std 1/√n',
      note: 'The same weights under another activation function.',
      params: { activation: 'relu', gain: 1 },
    },
    he: {
      label: 'ReLU, std √(2/n)',
      note: 'He’s rule: a gain of √2.',
      params: { activation: 'relu', gain: 1.4142 },
    },
    law: {
      label: 'tanh, std 0.01, in law',
      note: 'The first setting, without a single weight.',
      params: { mode: 'law' },
    },
  },
  experiment: () => import('./experiment'),
  progress: (_, result) => ({ done: visited(result), total: 2 * DEPTH }),
  figures: [
    {
      id: 'histograms',
      title: 'Activations of each layer',
      caption: `All ${WIDTH} units on all ${INPUTS} inputs. What is exactly 0 is left out of the bars, and its share is written beside them.`,
      chart: histograms,
    },
    {
      id: 'moments',
      title: 'Size of the activations',
      caption:
        'A straight line on this logarithmic axis is a constant factor a layer. The dashed line is the theory, computed without the network.',
      chart: moments,
    },
    {
      id: 'signal-gradient',
      title: 'Signal gradient by layer',
      caption:
        'The gradient enters at the top, with ‖∂L/∂h‖ = 1 after layer 6, and is handed down to layer 1.',
      chart: signalGradients,
    },
    {
      id: 'weight-gradient',
      title: 'Weight gradient by layer',
      caption:
        'What would move the weights: the signal gradient of the layer times the activations below it.',
      chart: weightGradients,
    },
  ],
  values: (values, result) => {
    const std = forwardNumbers(result, 'std');
    const hidden = backwardNumbers(result, 'hiddenGradientNorm');
    const expected = theoryOf(values);
    return {
      activationStd: std,
      activationMean: forwardNumbers(result, 'mean'),
      signalGradientNorm: backwardNumbers(result, 'signalGradientNorm'),
      hiddenGradientNorm: hidden,
      weightGradientNorm: backwardNumbers(result, 'weightGradientNorm'),
      zeroShare: forwardNumbers(result, 'zeroShare'),
      saturation: forwardNumbers(result, 'saturation'),
      zeroSlopes: forwardNumbers(result, 'zeroSlopes'),
      theoryStd: expected.std,
      theoryMean: expected.mean,
      lastStd: std.at(-1) ?? NaN,
      stdRatio: (std.at(-1) ?? NaN) / (std[0] ?? NaN),
      firstHiddenGradient: (hidden[0] ?? NaN) / (hidden.at(-1) ?? NaN),
      factorPerLayer: factorPerLayer(hidden),
      theoryFactorPerLayer: factorPerLayer(expected.hiddenGradientNorm),
      weightGradientSpread: spread(backwardNumbers(result, 'weightGradientNorm')),
      theoryError: Math.max(...std.map((value, i) => Math.abs(value - expected.std[i]!))),
    };
  },
  contrast: {
    problem: { preset: 'problem', value: 'stdRatio' },
    cure: { preset: 'cure', value: 'stdRatio' },
    factor: 4,
  },
  describe: (values, result) => {
    if (visited(result) === 0) return '';
    const { activation, gain, mode } = values;
    const expected = theoryOf(values);
    const where =
      mode === 'law'
        ? 'drawn exactly in law, without weights'
        : `through real weights, multiplied in ${BACKENDS[result.backend ?? 'wasm']}`;
    const std = forwardNumbers(result, 'std').filter((value) => !Number.isNaN(value));
    const head =
      `Six ${NAMES[activation]} layers of ${WIDTH} units, gain ${formatNumber(gain)}, ${where}. ` +
      `Standard deviation of the activations, layer by layer: ${list(std)}; ` +
      `in theory ${list(expected.std.slice(0, std.length))}.`;
    const saturated = forwardNumbers(result, 'saturation').at(-1) ?? NaN;
    const tail =
      activation === 'tanh' && saturated >= 0.01
        ? ` In layer ${DEPTH}, ${formatPercent(saturated)} of the activations are beyond ±0.95.`
        : '';
    const hidden = backwardNumbers(result, 'hiddenGradientNorm');
    if (hidden.some(Number.isNaN)) return head + tail;
    return (
      `${head}${tail} On the way down each layer multiplies the gradient by ` +
      `${formatNumber(factorPerLayer(hidden))} on average, in theory by ` +
      `${formatNumber(factorPerLayer(expected.hiddenGradientNorm))}.`
    );
  },
  prediction: {
    ask: 'Weights of standard deviation 0.01, six tanh layers. The slides say of the gradients: all zero, no learning. How large is the gradient after layer 1, beside that after layer 6?',
    options: [
      {
        id: 'zero',
        label: 'Exactly zero',
        reply:
          'Nothing in this network is exactly zero. Run it and look at the gradients by layer.',
      },
      {
        id: 'millionth',
        label: 'About a millionth',
        reply:
          'That would take a factor of 0.06 a layer. Run it: a tanh near zero has slope 1, and the gain is 0.64.',
      },
      {
        id: 'tenth',
        label: 'About a tenth',
        reply: 'Yes: five layers at a factor a little below the gain of 0.64.',
      },
    ],
  },
  challenges: [
    {
      id: 'even',
      ask: 'Find a gain at which the gradient of a tanh network is as large after layer 1 as after layer 6, to within 5 %.',
      hint: 'It lies between the gains of 1 and 3.2, nearer to 1.',
      solved: ({ activation }, result) => {
        const hidden = backwardNumbers(result, 'hiddenGradientNorm');
        const ratio = (hidden[0] ?? NaN) / (hidden.at(-1) ?? NaN);
        return activation === 'tanh' && Math.abs(ratio - 1) <= 0.05;
      },
    },
    {
      id: 'relu',
      ask: 'Let the activations of a ReLU network keep their size: the standard deviations of layers 1 and 6 differ by less than 5 %.',
      hint: 'Half of the units are off.',
      solved: ({ activation }, result) => {
        const std = forwardNumbers(result, 'std');
        return activation === 'relu' && Math.abs((std.at(-1) ?? NaN) / (std[0] ?? NaN) - 1) < 0.05;
      },
    },
  ],
});

/** The largest over the smallest. */
const spread = (numbers: number[]): number => Math.max(...numbers) / Math.min(...numbers);
