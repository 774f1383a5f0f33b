import { digitsSize } from '../../../engine/types';
import type { NetworkLayer, NetworkSpec } from '../../charts/spec';
import { rootMeanSquare } from '../../charts/network/size';
import type { Say } from '../../say';
import { trainingIn } from '../../words/networks';
import type { TrainingFigure } from '../defineTraining';
import { toneOf } from '../examples';
import type { RanLane, Run } from '../run';
import { framed, type Named } from './frame';

interface LivingOptions<S> extends Named<S> {
  /** The first of the lanes (the default), or the last. */
  lane?: 'first' | 'last';
}

/** What the engine must report for the picture, beside what every frame has. */
const statistics = [
  'exampleInput',
  'exampleActivation',
  'exampleOutput',
  'exampleTarget',
  'exampleSignalGradient',
  'weightNorm',
];

/** log10 of the share of the error signal that is left: lost, kept, ten thousand times as large. */
const SCALE: NetworkSpec['scale'] = [-4, 0, 4];

/** Below this share the signal counts as lost; above its inverse, as grown. */
const LOST = 1e-3;
const FADES = 0.05;
const GROWS = 20;

/** An answer that has less than this share is a guess. */
const SURE = 0.5;

/**
 * One example in a multilayer perceptron, unit by unit, at the step shown: values forwards, the error's signal
 * back. It rests at the end of the run.
 */
export function living<S>(options: LivingOptions<S> = {}): TrainingFigure<S> {
  const words = ({ words }: Say) => trainingIn(words).living;
  return {
    ...framed(
      {
        id: options.lane === 'last' ? 'network-beside' : 'network',
        title: (say) => words(say).title,
        caption: (say) => words(say).caption,
        time: 'end',
      },
      options,
    ),
    statistics,
    chart: (run) => networkOf(run, run.lanes.at(options.lane === 'last' ? -1 : 0)),
  };
}

/** The numbers of one frame, cut into layers. */
interface Shown {
  step: number;
  input: number[];
  layers: NetworkLayer[];
  output: number[];
  target: number[];
  signal: number[];
  weights: number[];
  gradients: number[];
}

function networkOf<S>({ say }: Run<S>, lane: RanLane | undefined): NetworkSpec {
  const words = trainingIn(say.words).living;
  const last = lane ? frameAt(lane, lane.result.frameSteps.length - 1) : undefined;
  if (lane === undefined || last === undefined) return empty(say);
  const broke = lane.result.firstNonFinite;
  // A pass that overflows has no gradient to send back: what the step before had is shown, and said.
  const hasSignal = [...last.layers.map(({ signal }) => signal), last.signal]
    .flat()
    .every(Number.isFinite);
  const before = hasSignal ? undefined : frameAt(lane, lane.result.frameSteps.length - 2);
  const signals = before ?? last;
  const layers = last.layers.map(({ activation }, l) => ({
    activation,
    signal: signals.layers[l]!.signal,
  }));
  const shares = softmax(last.output);
  const image = last.input.length === digitsSize.pixels;
  const right = last.target.indexOf(1);
  const input = image ? words.image(say.count(right)) : words.numbers;
  const reading = readingOf(shares, say);
  const left = whatIsLeft(layers);
  return {
    kind: 'network',
    input: { values: image ? last.input.map(toneOf) : last.input, image, text: input },
    layers,
    output: {
      shares,
      signal: signals.signal,
      names: shares.map((_, k) => say.count(k)),
      text: reading,
      right: right < 0 ? null : right,
    },
    bundles: last.weights.map((norm, l) => ({
      weight: norm / Math.sqrt(l < layers.length ? layers[l]!.activation.length : shares.length),
      gradient: signals.gradients[l] ?? NaN,
    })),
    scale: SCALE,
    factors: factorsOf(left, say),
    left: words.left,
    legend: [words.legend.lost, words.legend.arrives, words.legend.grows],
    axis: words.axis,
    told: [
      words.told.shown(input, reading),
      broke && broke.step === last.step
        ? broke.layer === null
          ? words.told.brokeElsewhere(say.count(broke.step), valueName(broke.value))
          : words.told.broke(say.count(broke.step), say.count(broke.layer), valueName(broke.value))
        : '',
      tellSignal(left, say),
      before ? words.told.before(say.count(before.step)) : '',
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    names: words.names,
  };
}

/** A recording holds the number itself, a run its name. */
const valueName = (value: unknown): string =>
  String(value).replace('Infinity', 'Inf').replace('-', '−');

/** A frame by its index; undefined where the run has none of the picture's statistics there. */
function frameAt({ result, depth, spec }: RanLane, at: number): Shown | undefined {
  const of = (name: string): number[] | undefined => result.extra[name]?.[at];
  const [input, activation, output, target, signal, weights] = statistics.map(of);
  if (!input || !activation || !output || !target || !signal || !weights) return undefined;
  // Of several examples the first is shown; the engine reports them one after another in each layer.
  const count = spec.examples?.length ?? 1;
  const own = (list: readonly number[]): number[] => list.slice(0, list.length / count);
  const width = activation.length / count / Math.max(1, depth);
  const layer = (list: readonly number[], l: number): number[] =>
    list.slice(l * count * width, l * count * width + width);
  return {
    step: result.frameSteps[at] ?? 0,
    input: own(input),
    layers: Array.from({ length: depth }, (_, l) => ({
      activation: layer(activation, l),
      signal: layer(signal, l),
    })),
    output: own(output),
    target: own(target),
    signal: own(signal.slice(depth * count * width)),
    weights,
    gradients: result.weightGradientNorm[at] ?? [],
  };
}

/** Before the first frame: a network of no layers. */
function empty(say: Say): NetworkSpec {
  const words = trainingIn(say.words).living;
  return {
    kind: 'network',
    input: { values: [], image: false, text: '' },
    layers: [],
    output: { shares: [], signal: [], names: [], text: '', right: null },
    bundles: [],
    scale: SCALE,
    factors: [],
    left: '',
    legend: [],
    axis: '',
    told: '',
    names: words.names,
  };
}

/** exp(o_k)/Σ exp(o), shifted so that it overflows where o does and nowhere else. */
function softmax(outputs: readonly number[]): number[] {
  const top = Math.max(...outputs);
  const powers = outputs.map((value) => Math.exp(value - top));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

function readingOf(shares: readonly number[], say: Say): string {
  const words = trainingIn(say.words).living;
  if (!shares.every(Number.isFinite)) return words.nothing;
  const best = shares.reduce((top, share, k) => (share > shares[top]! ? k : top), 0);
  const share = shares[best]!;
  const tell = share < SURE ? words.guesses : words.reads;
  return tell(say.count(best), say.percent(share));
}

/** The signal's root mean square in each hidden layer, beside that of the last. */
function whatIsLeft(layers: readonly NetworkLayer[]): number[] {
  const sizes = layers.map(({ signal }) => rootMeanSquare(signal));
  return sizes.map((size) => size / sizes.at(-1)!);
}

/** A factor above the first layer, the last, and two between. */
function factorsOf(left: readonly number[], say: Say): string[] {
  const last = left.length - 1;
  const shown = new Set([0, Math.round(last / 3), Math.round((2 * last) / 3), last]);
  return left.map((factor, l) =>
    shown.has(l) && Number.isFinite(factor) ? say.number(factor, 2) : '',
  );
}

function tellSignal(left: readonly number[], say: Say): string {
  const { told } = trainingIn(say.words).living;
  const [first] = left;
  if (first === undefined || Number.isNaN(first)) return told.none;
  const lost = left.findLastIndex((factor) => factor < LOST);
  if (lost >= 0) return told.lost(say.count(lost + 1), say.count(1), say.number(first, 2));
  if (first < FADES) return told.fades(say.percent(first));
  return first > GROWS ? told.grows(say.number(first, 2)) : told.arrives(say.number(first, 2));
}
