import type { BackendName } from '../../engine/types';
import { backendRoles } from '../../kit/backends';
import type { LineChartSpec } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget } from '../../kit/widget';
import { params, type RaceSettings } from './params';
import { largest, REFERENCE, ROUNDS, speedsOf, type RaceResult, type Runner } from './race';

/** What is told of every backend, over the steps at which the rounds end. */
function chart(
  { rounds, runners }: RaceResult,
  { words }: Say,
  y: LineChartSpec['y'],
  of: (runner: Runner) => number[],
): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', integer: true },
    y,
    series: runners.map((runner) => ({
      id: runner.backend,
      label: words.badge.names[runner.backend],
      role: backendRoles[runner.backend],
      mark: 'both',
      x: rounds.slice(0, of(runner).length),
      y: of(runner),
    })),
  };
}

/** The runners but for the one that the others are compared with. */
const compared = ({ runners }: RaceResult): Runner[] =>
  runners.filter(({ backend }) => backend !== REFERENCE);

/** The runner of a backend, where there is one. */
const runnerOf = ({ runners }: RaceResult, backend: BackendName): Runner | undefined =>
  runners.find((runner) => runner.backend === backend);

/** The largest difference of a backend from the reference; NaN before the first round. */
const differenceTo = (result: RaceResult, backend: BackendName): number =>
  largest(runnerOf(result, backend)?.difference ?? []);

function describe(_: RaceSettings, result: RaceResult, say: Say): string {
  const { names } = say.words.badge;
  const reference = runnerOf(result, REFERENCE);
  const step = result.rounds[(reference?.loss.length ?? 0) - 1];
  if (step === undefined) return 'No round has been run yet.';
  const differences = compared(result)
    .filter(({ difference }) => difference.length > 0)
    .map(({ backend }) => `${say.number(differenceTo(result, backend), 2)} on ${names[backend]}`);
  const parity =
    `After ${say.count(step)} steps the batch loss is ${say.number(reference?.loss.at(-1) ?? NaN)} on ` +
    `${names[REFERENCE]}.` +
    (differences.length > 0
      ? ` On the way the loss differed from it, relative to its size, by at most ${say.words.listAll(differences)}.`
      : '');
  const missing = [
    ...result.backends
      .filter(({ available }) => !available)
      .map(({ backend, reason }) => ` ${names[backend]} was not run: ${reason ?? ''}`),
    ...result.runners
      .filter(({ failure }) => failure !== null)
      .map(({ backend, failure }) => ` ${names[backend]} stopped: ${failure ?? ''}`),
  ].join('');
  return `${parity} ${speedInWords(result, say)}${missing}`;
}

function speedInWords(result: RaceResult, say: Say): string {
  const { names } = say.words.badge;
  const speeds = speedsOf(result);
  const ranked = (Object.keys(speeds) as BackendName[]).sort(
    (a, b) => speeds[a]!.timesSlower - speeds[b]!.timesSlower,
  );
  const [first, ...others] = ranked;
  if (first === undefined) return 'Speed is measured on your own device, when you press Run.';
  const slower = others.map(
    (backend) =>
      `${names[backend]} takes ${say.number(speeds[backend]!.timesSlower)} times as long`,
  );
  return (
    `Here the ${names[first]} makes ${say.count(speeds[first]!.stepsPerSecond)} steps per second` +
    (slower.length > 0 ? `; ${say.words.listAll(slower)}.` : '.')
  );
}

export default defineWidget<typeof params, RaceResult>({
  id: 'backend-race',
  version: 1,
  kind: 'survey',
  title: 'The same training on every backend',
  summary:
    'One network, trained on every backend that your device has, side by side: how fast each is, and how far their losses are apart.',
  chapter: 'how-it-computes',
  params,
  presets: {
    problem: { label: '10 layers', params: {} },
    deep: {
      label: '30 layers',
      note: 'Three times as many layers of the same size.',
      params: { network: 'thirty' },
    },
    unstable: {
      label: 'An unstable training',
      note: 'A learning rate two hundred times as large: what differs in the last digit grows.',
      params: { learningRate: 2 },
    },
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The table of the backends',
  progress: (_, { runners }) => ({
    done: runners.reduce((sum, { loss, failure }) => sum + (failure ? ROUNDS : loss.length), 0),
    total: runners.length * ROUNDS,
  }),
  recorded: (result) => ({
    ...result,
    runners: result.runners.map((runner) => ({ ...runner, stepsPerSecond: [] })),
  }),
  figures: [
    {
      id: 'difference',
      title: 'How far the losses are apart',
      caption:
        'The largest difference from the loss on JavaScript in each round, relative to that loss. A difference of exactly 0 is marked at the lower edge.',
      chart: (_, result, say) => {
        const y = { label: 'Relative difference of the loss', scale: 'log' } as const;
        return chart({ ...result, runners: compared(result) }, say, y, (one) => one.difference);
      },
    },
    {
      id: 'loss',
      title: 'Batch loss',
      caption: 'Where the backends agree, one curve hides the others.',
      chart: (_, result, say) =>
        chart(result, say, { label: 'Batch loss', scale: 'linear' }, ({ loss }) => loss),
    },
  ],
  describe,
  values: (_, result) => ({
    loss: runnerOf(result, REFERENCE)?.loss.at(-1) ?? NaN,
    capturedDifference: differenceTo(result, 'captured'),
    wasmDifference: differenceTo(result, 'wasm'),
  }),
  contrast: contrast('problem: capturedDifference', 'unstable: capturedDifference', {
    larger: 100,
  }),
});
