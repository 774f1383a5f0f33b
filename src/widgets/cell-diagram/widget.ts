import type { LineChartSpec, Role, Series } from '../../kit/charts/spec';
import {
  contrast,
  counting,
  defineTraining,
  preset,
  values,
  type RanLane,
  type Run,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { carry, params, type DiagramSettings } from './params';
import { tellSequence } from './story';
import { keptToTheEnd, markedSteps, statistics, traceOf, type GateName, type Trace } from './trace';

const traceIn = ({ settings, lanes }: Run<DiagramSettings>): Trace | null =>
  lanes[0] ? traceOf(lanes[0].result, settings) : null;

const ofTrace =
  (number: (trace: Trace) => number | undefined) =>
  ({ result }: RanLane, { settings }: Run<DiagramSettings>): number | undefined => {
    const trace = traceOf(result, settings);
    return trace === null ? NaN : number(trace);
  };

/** A line for each gate that lets something through. */
const LINES: { gate: GateName; label: string; role: Role }[] = [
  { gate: 'f', label: 'forget gate', role: 'accent' },
  { gate: 'z', label: 'update gate', role: 'accent' },
  { gate: 'i', label: 'input gate', role: 'control' },
  { gate: 'r', label: 'reset gate', role: 'control' },
  { gate: 'o', label: 'output gate', role: 'cure' },
];

const overTime = (
  run: Run<DiagramSettings>,
  y: LineChartSpec['y'],
  series: (trace: Trace) => Omit<Series, 'x'>[],
): LineChartSpec => {
  const trace = traceIn(run);
  const { length, timeStep } = run.settings;
  const now = Math.min(timeStep, length);
  const marked = trace ? markedSteps(trace) : [];
  return {
    kind: 'line',
    x: { label: 'Time step', scale: 'linear', integer: true, domain: [1, length] },
    y,
    series: trace
      ? series(trace).map((one) => ({ mark: 'both', ...one, x: counting(length) }))
      : [],
    references: [
      ...marked
        .filter((at) => at !== now)
        .map((at) => ({ axis: 'x' as const, at, label: 'marked' })),
      {
        ...{ axis: 'x', at: now, kind: 'cursor' },
        label: `τ = ${run.say.count(now)}${marked.includes(now) ? ', marked' : ''}`,
      },
    ],
  };
};

export default defineTraining({
  id: 'cell-diagram',
  version: 1,
  title: 'One unit of a network, wire by wire',
  summary:
    'A network is trained to add two marked numbers. Follow one of its units along a sequence: each gate as it opens and closes, and each gradient on its way back.',
  chapter: 'gates',
  params,
  carry,
  presets: {
    problem: preset('LSTM', 'Trained for 400 steps, its forget gate starting at b_f = 1.'),
    untrained: preset('LSTM, untrained', 'The same network before its first step.', { steps: 0 }),
    gru: preset('GRU', 'One gate keeps and writes; it resets before the product.', {
      cell: 'gruResetBefore',
    }),
    gruAfter: preset('GRU as in PyTorch', 'It resets after the product.', {
      cell: 'gruResetAfter',
    }),
    plain: preset('Plain', 'A plain cell with orthogonal weights: no gate, and one way for all.', {
      cell: 'rnn',
    }),
  },
  lanes: lanesOf,
  view: () => import('./View.svelte'),
  drawing: 'The cell as a circuit',
  statistics,
  recorded: { points: 41, frames: 2 },
  figures: [
    {
      id: 'gates',
      title: 'The unit’s gates and its memory',
      time: 'end',
      caption:
        'What each gate lets through, from 0 to 1, and what the unit remembers: of an LSTM the cell c, of the others h.',
      chart: (run) =>
        overTime(run, { label: 'Gates and memory', scale: 'linear' }, (trace) => [
          ...LINES.flatMap(({ gate, label, role }) => {
            const y = trace.gates[gate];
            return y ? [{ id: gate, label, role, y }] : [];
          }),
          { id: 'memory', label: 'memory', role: 'neutral', y: trace.memory },
        ]),
    },
    {
      id: 'gradients',
      title: 'The gradients on their way back',
      time: 'end',
      caption:
        'Read it from right to left: the gradient of this sequence’s loss with respect to the unit’s memory and to its output.',
      chart: (run) =>
        overTime(run, { label: 'Gradient', scale: 'linear' }, (trace) => [
          { id: 'memory', label: 'of the memory', role: 'neutral', y: trace.memoryGradient },
          ...(trace.cell === 'lstm'
            ? [
                {
                  id: 'output',
                  label: 'of the output',
                  role: 'cure' as const,
                  y: trace.hiddenGradient,
                },
              ]
            : []),
        ]),
    },
  ],
  values: {
    finalLoss: values.finalLoss,
    /** How far what the network says of the sequence shown is from the sum. */
    error: ofTrace(({ sum, said }) => Math.abs(sum - said)),
    /** What the gate that keeps leaves of the first marked number at the last time step. */
    keptToTheEnd: ofTrace(keptToTheEnd),
  },
  contrast: contrast('untrained: finalLoss', 'problem: finalLoss', { smaller: 10 }),
  describe: (run) => {
    const trace = traceIn(run);
    return trace === null ? '' : tellSequence(trace, run.say);
  },
  challenges: [
    {
      id: 'keeper',
      ask: 'Find a unit of a trained LSTM or GRU whose gate alone leaves more than half of the first marked number at the end.',
      hint: 'Look through the units, or start the gate further open.',
      solved: (run) => {
        const trace = traceIn(run);
        return run.settings.steps > 0 && trace !== null && (keptToTheEnd(trace) ?? 0) > 0.5;
      },
    },
    {
      id: 'doorman',
      ask: 'Find a unit of a trained LSTM whose input gate is at least twice as far open at each marked number as at any other.',
      hint: 'Several units share the work. Another seed shares it in another way.',
      solved: (run) => {
        const trace = traceIn(run);
        const gate = trace?.gates.i;
        if (run.settings.steps === 0 || !trace || !gate) return false;
        const at = gate.filter((_, t) => trace.input[t]!.marked);
        const others = gate.filter((_, t) => !trace.input[t]!.marked);
        return Math.min(...at) > 2 * Math.max(...others);
      },
    },
  ],
});
