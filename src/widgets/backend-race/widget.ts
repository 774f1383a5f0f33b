import type { BackendName } from '../../engine/types';
import type { LineChartSpec, Role, Series } from '../../kit/charts/spec';
import { formatCount, formatNumber } from '../../kit/format';
import { defineWidget } from '../../kit/widget';
import { wordsFor } from '../../kit/words';
import { params, type RaceValues } from './params';
import { largest, REFERENCE, ROUNDS, speedsOf, type RaceResult, type Runner } from './race';

const ROLES: Record<BackendName, Role> = {
  captured: 'accent',
  webgl: 'control',
  wasm: 'cure',
  cpu: 'neutral',
};

const nameOf = (backend: BackendName): string => wordsFor('en').badge.names[backend];

const stepAxis = { label: 'Step', scale: 'linear', integer: true } as const;

function series(
  { rounds, runners }: RaceResult,
  of: (runner: Runner) => number[],
  wanted: (runner: Runner) => boolean = () => true,
): Series[] {
  return runners.filter(wanted).map((runner) => ({
    id: runner.backend,
    label: nameOf(runner.backend),
    role: ROLES[runner.backend],
    mark: 'both',
    x: rounds.slice(0, of(runner).length),
    y: of(runner),
  }));
}

const differenceChart = (_: RaceValues, result: RaceResult): LineChartSpec => ({
  kind: 'line',
  x: stepAxis,
  y: { label: 'Relative difference of the loss', scale: 'log' },
  series: series(
    result,
    ({ difference }) => difference,
    ({ backend }) => backend !== REFERENCE,
  ),
});

const lossChart = (_: RaceValues, result: RaceResult): LineChartSpec => ({
  kind: 'line',
  x: stepAxis,
  y: { label: 'Batch loss', scale: 'linear' },
  series: series(result, ({ loss }) => loss),
});

/** The runner of a backend, where there is one. */
const runnerOf = ({ runners }: RaceResult, backend: BackendName): Runner | undefined =>
  runners.find((runner) => runner.backend === backend);

/** The largest difference of a backend from the reference; NaN before the first round. */
export const differenceTo = (result: RaceResult, backend: BackendName): number =>
  largest(runnerOf(result, backend)?.difference ?? []);

function describe(_: RaceValues, result: RaceResult): string {
  const step = result.rounds[(runnerOf(result, REFERENCE)?.loss.length ?? 0) - 1];
  if (step === undefined) return 'No round has been run yet.';
  const loss = runnerOf(result, REFERENCE)?.loss.at(-1);
  const differences = result.runners
    .filter(({ backend, difference }) => backend !== REFERENCE && difference.length > 0)
    .map(
      ({ backend }) =>
        `${formatNumber(differenceTo(result, backend), { digits: 2 })} on ${nameOf(backend)}`,
    );
  const parity =
    `After ${formatCount(step)} steps the batch loss is ${formatNumber(loss ?? NaN)} on ` +
    `${nameOf(REFERENCE)}.` +
    (differences.length > 0
      ? ` On the way the loss differed from it, relative to its size, by at most ${wordsFor('en').listAll(differences)}.`
      : '');
  const missing = [
    ...result.backends
      .filter(({ available }) => !available)
      .map(({ backend, reason }) => ` ${nameOf(backend)} was not run: ${reason ?? ''}`),
    ...result.runners
      .filter(({ failure }) => failure !== null)
      .map(({ backend, failure }) => ` ${nameOf(backend)} stopped: ${failure ?? ''}`),
  ].join('');
  return `${parity} ${speedInWords(result)}${missing}`;
}

function speedInWords(result: RaceResult): string {
  const speeds = speedsOf(result);
  const ranked = (Object.keys(speeds) as BackendName[]).sort(
    (a, b) => speeds[a]!.timesSlower - speeds[b]!.timesSlower,
  );
  const [first, ...others] = ranked;
  if (first === undefined) return 'Speed is measured on your own device, when you press Run.';
  const slower = others.map(
    (backend) =>
      `${nameOf(backend)} takes ${formatNumber(speeds[backend]!.timesSlower, { digits: 3 })} times as long`,
  );
  return (
    `Here the ${nameOf(first)} makes ${formatCount(speeds[first]!.stepsPerSecond)} steps a second` +
    (slower.length > 0 ? `; ${wordsFor('en').listAll(slower)}.` : '.')
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
  contrast: {
    problem: { preset: 'problem', value: 'capturedDifference' },
    cure: { preset: 'unstable', value: 'capturedDifference' },
    factor: 100,
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
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
      chart: differenceChart,
    },
    {
      id: 'loss',
      title: 'Batch loss',
      caption: 'Where the backends agree, one curve hides the others.',
      chart: lossChart,
    },
  ],
  values: (_, result) => ({
    loss: runnerOf(result, REFERENCE)?.loss.at(-1) ?? NaN,
    capturedDifference: differenceTo(result, 'captured'),
    wasmDifference: differenceTo(result, 'wasm'),
  }),
  describe,
});
