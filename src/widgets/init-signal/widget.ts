import type { HistogramSpec, LineChartSpec, Role, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget } from '../../kit/widget';
import { params, type SignalSettings } from './params';
import {
  backwardNumbers,
  DEPTH,
  firstToLast,
  forwardNumbers,
  hiddenFactorPerLayer,
  INPUTS,
  lastToFirst,
  LAYERS,
  theoryOf,
  visited,
  WIDTH,
  type SignalResult,
} from './passes';
import { specIn, trainingIn } from '../../kit/words/networks';

/** Something of each layer. */
const overLayers = (label: string, series: Series[]): LineChartSpec => ({
  kind: 'line',
  x: { label: 'Layer', scale: 'linear', domain: [1, DEPTH], integer: true },
  y: { label, scale: 'log' },
  series,
});

/** What was measured, as points; layers that are still to come are left out. */
function measured(id: string, label: string, values: number[], role: Role = 'accent'): Series {
  const known = LAYERS.filter((layer) => !Number.isNaN(values[layer - 1]));
  const y = known.map((layer) => values[layer - 1]!);
  return { id, label, role, mark: 'points', x: known, y };
}

function theory(id: string, label: string, y: number[]): Series {
  return { id, label, role: 'theory', x: LAYERS, y };
}

function histograms(
  { activation }: SignalSettings,
  { forward }: SignalResult,
  say: Say,
): HistogramSpec {
  const none = activation === 'tanh' ? [-1, 1] : [0, 1];
  return {
    kind: 'histogram',
    x: { label: 'Activation h', scale: 'linear' },
    panels: LAYERS.map((layer) => {
      const report = forward[layer - 1];
      if (!report) {
        const label = trainingIn(say.words).layerNumber(say.count(layer));
        return { label, role: 'accent', edges: none, counts: [0] };
      }
      const { histogram, zeroShare, std } = report;
      return {
        label: `${say.count(layer)}: std ${say.number(std)}`,
        role: 'accent',
        ...histogram,
        ...(zeroShare >= 0.001 ? { note: `${say.percent(zeroShare)} exactly 0` } : {}),
      };
    }),
  };
}

function moments(settings: SignalSettings, result: SignalResult): LineChartSpec {
  const expected = theoryOf(settings);
  const sizes = [
    theory('theory-std', 'std, theory', expected.std),
    measured('std', 'std', forwardNumbers(result, 'std')),
  ];
  if (settings.activation !== 'relu') return overLayers('Standard deviation', sizes);
  return overLayers('Standard deviation and mean', [
    ...sizes,
    theory('theory-mean', 'mean, theory', expected.mean),
    measured('mean', 'mean', forwardNumbers(result, 'mean'), 'control'),
  ]);
}

function signalGradients(settings: SignalSettings, result: SignalResult): LineChartSpec {
  return overLayers('‖∂L/∂z‖', [
    theory('theory', 'theory', theoryOf(settings).signalGradientNorm),
    measured('measured', '‖∂L/∂z‖', backwardNumbers(result, 'signalGradientNorm')),
  ]);
}

function weightGradients(_: SignalSettings, result: SignalResult): LineChartSpec {
  const norms = backwardNumbers(result, 'weightGradientNorm');
  return overLayers('‖∂L/∂W‖', [{ ...measured('measured', '‖∂L/∂W‖', norms), mark: 'both' }]);
}

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
    problem: { label: 'tanh, std 0.01', note: 'Small random numbers: a gain of 0.64.', params: {} },
    large: {
      label: 'tanh, std 0.05',
      note: 'Five times as large: a gain of 3.2.',
      params: { gain: 3.2 },
    },
    cure: {
      label: 'tanh, std 1/√n',
      note: 'Often called Xavier’s rule: a gain of 1.',
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
        'A straight line on this logarithmic axis is a constant factor per layer. The dashed line is the theory, computed without the network.',
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
  values: (settings, result) => {
    const std = forwardNumbers(result, 'std');
    const hidden = backwardNumbers(result, 'hiddenGradientNorm');
    const weights = backwardNumbers(result, 'weightGradientNorm');
    const expected = theoryOf(settings);
    return {
      activationStd: std,
      activationMean: forwardNumbers(result, 'mean'),
      signalGradientNorm: backwardNumbers(result, 'signalGradientNorm'),
      hiddenGradientNorm: hidden,
      weightGradientNorm: weights,
      zeroShare: forwardNumbers(result, 'zeroShare'),
      saturation: forwardNumbers(result, 'saturation'),
      zeroSlopes: forwardNumbers(result, 'zeroSlopes'),
      theoryStd: expected.std,
      theoryMean: expected.mean,
      lastStd: std.at(-1) ?? NaN,
      activationLastToFirst: lastToFirst(std),
      firstHiddenGradient: firstToLast(hidden),
      hiddenFactorPerLayer: hiddenFactorPerLayer(hidden),
      theoryHiddenFactorPerLayer: hiddenFactorPerLayer(expected.hiddenGradientNorm),
      weightGradientSpread: Math.max(...weights) / Math.min(...weights),
      theoryError: Math.max(...std.map((value, i) => Math.abs(value - expected.std[i]!))),
    };
  },
  contrast: contrast('problem: activationLastToFirst', 'cure: activationLastToFirst', {
    larger: 4,
  }),
  describe: (settings, result, say) => {
    if (visited(result) === 0) return '';
    const { activation, gain, mode } = settings;
    const { badge } = say.words;
    const { activations } = specIn(say.words);
    const list = (numbers: number[]) => numbers.map((value) => say.number(value)).join(', ');
    const expected = theoryOf(settings);
    // There is no step to capture here: who asks for that gets the same WebAssembly.
    const backend = result.backend === 'captured' ? 'wasm' : (result.backend ?? 'wasm');
    const where =
      mode === 'law'
        ? 'drawn exactly in law, without weights'
        : `through real weights, multiplied in ${badge.names[backend]}`;
    const std = forwardNumbers(result, 'std').filter((value) => !Number.isNaN(value));
    const head =
      `Six ${activations[activation]} layers of ${WIDTH} units, gain ${say.number(gain)}, ${where}. ` +
      `Standard deviation of the activations, layer by layer: ${list(std)}; ` +
      `in theory ${list(expected.std.slice(0, std.length))}.`;
    const saturated = forwardNumbers(result, 'saturation').at(-1) ?? NaN;
    const tail =
      activation === 'tanh' && saturated >= 0.01
        ? ` In layer ${DEPTH}, ${say.percent(saturated)} of the activations are beyond ±0.95.`
        : '';
    const hidden = backwardNumbers(result, 'hiddenGradientNorm');
    if (hidden.some(Number.isNaN)) return head + tail;
    return (
      `${head}${tail} On the way down each layer multiplies the gradient by ` +
      `${say.number(hiddenFactorPerLayer(hidden))} on average, in theory by ` +
      `${say.number(hiddenFactorPerLayer(expected.hiddenGradientNorm))}.`
    );
  },
  prediction: {
    ask: 'Weights of standard deviation 0.01, six tanh layers. It is said of the gradients: all zero, no learning. How large is the gradient after layer 1, beside that after layer 6?',
    replies: {
      'Exactly zero':
        'Nothing in this network is exactly zero. Run it and look at the gradients by layer.',
      'About a millionth':
        'That would take a factor of 0.06 per layer. Run it: a tanh near zero has slope 1, and the gain is 0.64.',
      'About a tenth': 'Yes: five layers at a factor a little below the gain of 0.64.',
    },
  },
  challenges: [
    {
      id: 'even',
      ask: 'Find a gain at which the gradient of a tanh network is as large after layer 1 as after layer 6, to within 5%.',
      hint: 'It lies between the gains of 1 and 3.2, nearer to 1.',
      solved: ({ activation }, result) => {
        const ratio = firstToLast(backwardNumbers(result, 'hiddenGradientNorm'));
        return activation === 'tanh' && Math.abs(ratio - 1) <= 0.05;
      },
    },
    {
      id: 'relu',
      ask: 'Let the activations of a ReLU network keep their size: the standard deviations of layers 1 and 6 differ by less than 5%.',
      hint: 'Half of the units are off.',
      solved: ({ activation }, result) => {
        const ratio = lastToFirst(forwardNumbers(result, 'std'));
        return activation === 'relu' && Math.abs(ratio - 1) < 0.05;
      },
    },
  ],
});
