import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  outcome,
  preset,
  seriesOf,
  values,
  type RanLane,
} from '../../kit/training';
import { mean, spreadOf } from '../../kit/spread';
import { lanesOf } from './lanes';
import { carry, params } from './params';

/** Over so many batches at the end a loss is averaged. */
const WINDOW = 20;

/** Four symbols that are equally frequent. */
const GUESS = Math.log(4);

/** Below this share of what a guess costs, a network has solved its task. */
const SOLVED = 0.3;

/** The mean loss of the last batches; NaN of a run that left the finite numbers. */
const lastLoss = ({ result }: RanLane): number =>
  result.firstNonFinite === null ? mean(result.loss.slice(-WINDOW)) : NaN;

/** The cosine between the gradient and what clipping made of it, frame by frame. */
const cosines = ({ result }: RanLane): number[] =>
  framesOf(result, 'clippedCosine').map(([one]) => one ?? NaN);

/** The share of the frames in which clipping took something away. */
function clippedShare({ result }: RanLane): number {
  const norms = framesOf(result, 'clippedNorm');
  // Float32 rounds a norm that was let through.
  const clipped = norms.filter(([after = NaN], k) => after < (1 - 1e-5) * result.globalNorm[k]!);
  return clipped.length / norms.length;
}

const isClipped = ({ spec }: RanLane): boolean => spec.clip !== undefined;

export default defineTraining({
  id: 'clip-training',
  version: 1,
  title: 'Training with the gradient clipped',
  summary:
    'A recurrent network that has to remember a symbol for 20 time steps, without clipping and with each kind of it.',
  chapter: 'clipping',
  params,
  carry,
  presets: {
    problem: preset('Linear network', 'Its gradient grows by 1.2 in each time step.'),
    tanh: preset('Tanh, every way', 'It explodes without overflowing.', {
      ...{ network: 'tanh', learningRate: 0.2, compare: 'ways' },
    }),
    relu: preset('ReLU, every way', 'Its gradient grows by up to 1.6 in each time step.', {
      ...{ network: 'relu', learningRate: 0.2, compare: 'ways' },
    }),
    forgetful: preset('A network that forgets', 'Its gradient shrinks in each time step.', {
      ...{ network: 'forgetful', learningRate: 0.2 },
    }),
    thresholds: preset('Smaller and smaller', 'The linear network with thresholds 1, 0.1, 0.01.', {
      compare: 'thresholds',
    }),
  },
  lanes: lanesOf,
  statistics: ['clipping'],
  recorded: { points: 90, frames: 30 },
  learned: (lane) => mean(lane.loss.slice(-WINDOW)) < SOLVED * GUESS,
  figures: [
    figures.loss({ cutAbove: 3, caption: 'Cross-entropy of each batch. At chance it is ln 4.' }),
    {
      id: 'norm',
      title: 'Gradient before clipping',
      caption: 'The global norm ‖g‖. What is above the dashed line is clipped by the global norm.',
      time: 'course',
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: '‖g‖', scale: 'log' },
        series: seriesOf(run.lanes, ({ result }) => ({
          x: result.frameSteps,
          y: result.globalNorm,
        })),
        references: [
          {
            axis: 'y',
            at: run.settings.threshold,
            label: `C = ${run.say.number(run.settings.threshold)}`,
          },
        ],
      }),
    },
    {
      id: 'cosine',
      title: 'Direction after clipping',
      caption:
        'Cosine of the angle between the gradient and what clipping made of it. At 1 the direction is kept, at 0.5 it is 60° off.',
      time: 'course',
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: 'Cosine', scale: 'linear', domain: [0, 1] },
        series: seriesOf(run.lanes, (lane) =>
          isClipped(lane) ? { x: lane.result.frameSteps, y: cosines(lane) } : undefined,
        ),
      }),
    },
  ],
  values: {
    finalLoss: values.finalLoss,
    initialLoss: values.initialLoss,
    firstNonFiniteStep: values.firstNonFiniteStep,
    lastLoss,
    initialGlobalNorm: ({ result }) => result.globalNorm[0] ?? NaN,
    clippedShare: (lane) => (isClipped(lane) ? clippedShare(lane) : undefined),
    medianCosine: (lane) => (isClipped(lane) ? spreadOf(cosines(lane)).median : undefined),
    smallestCosine: (lane) => (isClipped(lane) ? Math.min(...cosines(lane)) : undefined),
  },
  contrast: contrast('problem: firstNonFiniteStep', 'problem: cure.firstNonFiniteStep', {
    larger: 100,
  }),
  tell: (lane, say) => {
    const state = outcome(lane, say, { always: true });
    if (!isClipped(lane)) return state;
    return (
      `${state} ${say.percent(clippedShare(lane))} of the steps shown were clipped; the smallest ` +
      `cosine to the gradient was ${say.number(Math.min(...cosines(lane)))}.`
    );
  },
  addition: ({ say }) => `A guess among four costs ${say.number(GUESS)}.`,
  prediction: {
    ask: 'The gradient of this network overflows within three steps. Scaled down to norm 1 wherever it is longer, will it teach the network to remember for 20 time steps?',
    replies: {
      'No: a gradient that large carries nothing of use':
        'Its length carries nothing of use. Its direction does: look at the loss.',
      'Yes: its direction was right all along':
        'Yes. In this network the direction was right, and only the step was too long.',
      'No: clipping stops the overflow, and nothing more':
        'That happens in other networks: try “A network that forgets”. Here the loss falls.',
    },
  },
  challenges: [
    {
      id: 'stall',
      ask: 'Make clipping by the global norm stall: the linear network stays finite and ends above a loss of 1 after 200 steps or more.',
      hint: 'No step is longer than ηC.',
      solved: ({ settings, lanes }) =>
        settings.network === 'linear' &&
        settings.steps >= 200 &&
        lanes.some((lane) => lane.name === 'cure' && lastLoss(lane) > 1),
    },
  ],
});
