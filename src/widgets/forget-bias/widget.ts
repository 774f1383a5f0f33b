import { spreadOf } from '../../kit/spread';
import {
  contrast,
  defineTraining,
  figures,
  grouped,
  preset,
  solving,
  values,
  type RanLane,
} from '../../kit/training';
import type { LaneResult } from '../../kit/widget';
import { carouselAlone, keptShare, memoryFirstToLast, timeConstant } from './gate';
import { lanesOf } from './lanes';
import { params } from './params';

/** What guessing among four classes costs, and the mean loss below which recall counts as solved. */
const CHANCE = Math.log(4);
const SOLVED = CHANCE / 2;

const solvedStep = (lane: LaneResult): number => solving.solvedStep(lane, SOLVED);
const hasSolved = (lane: LaneResult): boolean => solvedStep(lane) < Infinity;
const median = (numbers: readonly number[]): number => spreadOf(numbers).median;

const medianFirstToLast = (lanes: readonly RanLane[]): number =>
  median(lanes.map(memoryFirstToLast));

/** Steps and time steps at which a gate that lets too much through is seen to explode. */
const EXPLODING = { bias: 1, gain: 4, length: 100 } as const;

export default defineTraining({
  id: 'forget-bias',
  version: 1,
  title: 'How far open a gate starts',
  summary:
    'Four draws of an LSTM or a GRU, and one dial: the bias with which the gate that keeps their memory starts.',
  chapter: 'gates',
  params,
  presets: {
    ...grouped('LSTM', {
      problem: preset('b_f = 0', 'The forget gate starts half closed: it keeps 0.5 per time step.'),
      one: preset('b_f = 1', 'It keeps 0.731 per time step.', { bias: 1 }),
      two: preset('b_f = 2', 'It keeps 0.881 per time step.', { bias: 2 }),
      cure: preset('b_f = 3', 'It keeps 0.953 per time step.', { bias: 3 }),
      five: preset('b_f = 5', 'It keeps 0.993 per time step.', { bias: 5 }),
    }),
    ...grouped('GRU', {
      gru: preset('b_z = 0', 'The update gate starts half closed: it keeps 0.5 per time step.', {
        cell: 'gru',
      }),
      gruOne: preset('b_z = 1', 'It keeps 0.731 per time step.', { ...{ cell: 'gru', bias: 1 } }),
      gruTwo: preset('b_z = 2', 'It keeps 0.881 per time step.', { ...{ cell: 'gru', bias: 2 } }),
      gruThree: preset('b_z = 3', 'It keeps 0.953 per time step.', {
        ...{ cell: 'gru', bias: 3 },
      }),
    }),
    ...grouped('Weights four times as large', {
      exploding: preset(
        'It explodes',
        'An LSTM with b_f = 1 over 100 time steps, its recurrent weights four times as large.',
        EXPLODING,
      ),
      ordinary: preset('Weights as drawn', 'The same with its recurrent weights as drawn.', {
        ...{ ...EXPLODING, gain: 1 },
      }),
    }),
  },
  lanes: lanesOf,
  compared: 'all',
  statistics: ['memoryGradientNorm'],
  recorded: { points: 51, frames: 2 },
  learned: hasSolved,
  figures: [
    {
      id: 'memory',
      title: 'Gradient of the memory by time step, at the start',
      caption:
        'How much of the error at the end reaches each time step before the first update: of an LSTM ‖∂L/∂c‖, of a GRU ‖∂L/∂h‖. Read it from right to left, as the gradient goes. Theory: the way through the memory alone, a factor σ(b) per time step.',
      chart: (run) => {
        const chart = figures.layerChart(run, 'memoryGradientNorm', { at: 'start', mark: 'line' });
        return {
          ...chart,
          series: [...chart.series, ...carouselAlone(run.lanes, run.settings.bias)],
        };
      },
    },
    {
      id: 'loss',
      title: 'Loss while training',
      time: 'course',
      caption: ({ count }) =>
        `Cross-entropy of the batches, averaged over the last ${count(solving.WINDOW)} steps. Chance is ln 4; half of it counts as solved.`,
      chart: (run) => figures.meanLossChart(run, SOLVED, { scale: 'linear', domain: [0, 2] }),
    },
  ],
  values: {
    finalLoss: values.finalLoss,
    firstNonFiniteStep: values.firstNonFiniteStep,
    memoryFirstToLast,
    solvedStep: ({ result }) => solvedStep(result),
    initialGlobalNorm: ({ result }) => result.globalNorm[0] ?? NaN,
    /** Of the four draws together: said by the first of them. */
    medianFirstToLast: ({ name }, { lanes }) =>
      name === 'problem' ? medianFirstToLast(lanes) : undefined,
    medianGlobalNorm: ({ name }, { lanes }) =>
      name === 'problem'
        ? median(lanes.map(({ result }) => result.globalNorm[0] ?? NaN))
        : undefined,
    solvedDraws: ({ name }, { lanes }) =>
      name === 'problem' ? lanes.filter(({ result }) => hasSolved(result)).length : undefined,
  },
  contrast: contrast('problem: medianFirstToLast', 'cure: medianFirstToLast', { larger: 1000 }),
  describe: ({ lanes, settings, say }) => {
    const { bias, length } = settings;
    const gate = settings.cell === 'lstm' ? 'forget gate' : 'update gate';
    const kept =
      `With a bias of ${say.number(bias)} the ${gate} starts by keeping ${say.number(keptShare(bias))} of the memory per time step, ` +
      `a time constant of ${say.number(timeConstant(bias))} time steps.`;
    const arrives =
      `Of the gradient at time step ${say.count(length)}, ${say.number(medianFirstToLast(lanes), 2)} is at time step 1 in the median of the draws; ` +
      `through the memory alone it would be ${say.number(keptShare(bias) ** (length - 1), 2)}.`;
    const steps = lanes.map(({ result }) => solvedStep(result)).filter(Number.isFinite);
    const broken = lanes.filter(({ result }) => result.firstNonFinite !== null).length;
    const solved =
      steps.length === 0
        ? `None of the ${say.count(lanes.length)} draws has solved recall.`
        : `${say.count(steps.length)} of ${say.count(lanes.length)} draws have solved recall, in the median at step ${say.number(median(steps))}.`;
    return [kept, arrives, solved, broken > 0 ? `${say.count(broken)} diverged.` : '']
      .filter((sentence) => sentence !== '')
      .join(' ');
  },
  prediction: {
    ask: 'An LSTM starts with a forget bias of 0, so each time step keeps half of its memory. Will it learn to recall what it was shown 30 time steps ago?',
    replies: {
      'Yes, the gate learns to open':
        'It would have to learn it from a gradient that the half-closed gate has taken away. Turn the dial to 3.',
      'No, it starts too far closed':
        'Yes. Turn the dial up, and watch the gradient arrive and the loss fall.',
    },
  },
  challenges: [
    {
      id: 'least',
      ask: 'Find the smallest forget bias of an LSTM with which all four draws solve 30 time steps or more.',
      hint: 'Below 3 is enough for the tick.',
      solved: ({ settings, lanes }) =>
        settings.cell === 'lstm' &&
        settings.length >= 30 &&
        settings.bias < 3 &&
        lanes.every(({ result }) => hasSolved(result)),
    },
    {
      id: 'grow',
      ask: 'Make the gradient of an LSTM’s memory at time step 1 more than a thousand times that at the last.',
      hint: 'A gate can keep at most all of it. What else leads back?',
      solved: ({ settings, lanes }) => settings.cell === 'lstm' && medianFirstToLast(lanes) > 1000,
    },
  ],
});
