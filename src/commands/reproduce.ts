/**
 * `npm run reproduce [-- --seeds 10 --backend captured --only 7]`: trains one setting of each
 * phenomenon and writes the comparison with measurements made in PyTorch to
 * tests/golden/REPRODUCTION.md.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chi, fixedPoint, scalarChain } from '../engine/closedForms';
import { createLocalEngineService } from '../engine/node';
import { Rng } from '../engine/start/rng';
import type {
  BackendName,
  EngineService,
  InitializerSpec,
  LaneFrame,
  MlpSpec,
  TrainingSpec,
} from '../engine/types';

const root = fileURLToPath(new URL('../../', import.meta.url));
const file = `${root}tests/golden/REPRODUCTION.md`;

/** What one run leaves. */
interface Outcome {
  losses: number[];
  first: LaneFrame;
  last: LaneFrame;
}

/** One comparison: what it measures, what PyTorch measured, and whether ours is near enough. */
interface Row {
  section: number;
  setting: string;
  quantity: string;
  reference: string;
  measured: string;
  /** By how much the two may differ, and the reason for that. */
  allowed: string;
  agrees: boolean;
}

type Train = (spec: Omit<TrainingSpec, 'seed'>, statistics?: string[]) => Promise<Outcome[]>;

export default async function reproduce(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string', default: '10' },
      backend: { type: 'string', default: 'captured' },
      only: { type: 'string' },
    },
  });
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new Error(`--seeds is ${values.seeds}; allowed: a whole number from 1.`);
  const service = createLocalEngineService(values.backend as BackendName);
  const train: Train = (spec, statistics = []) => trainSeeds(service, spec, seeds, statistics);
  const rows: Row[] = [];
  for (const section of sections) {
    if (values.only !== undefined && Number(values.only) !== section.section) continue;
    const started = performance.now();
    const found = await section.measure(train, seeds);
    for (const row of found) {
      rows.push({ section: section.section, ...row });
      console.log(
        `${section.section}. ${row.setting}: ${row.quantity} ${row.measured} (reference ${row.reference})${row.agrees ? '' : '  DIFFERS'}`,
      );
    }
    console.log(`   ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  service.close();
  if (values.only === undefined) writeFileSync(file, report(rows, seeds, values.backend));
}

async function trainSeeds(
  service: EngineService,
  spec: Omit<TrainingSpec, 'seed'>,
  seeds: number,
  statistics: string[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const session = service.session({
      pace: () => ({ steps: spec.steps, milliseconds: Infinity }),
    });
    const losses: number[] = [];
    let first: LaneFrame | null = null;
    let last: LaneFrame | null = null;
    for await (const { lanes } of session.train({ run: { ...spec, seed } }, { statistics })) {
      last = lanes['run']!;
      first ??= last;
      losses.push(...last.losses);
    }
    outcomes.push({ losses, first: first!, last: last! });
  }
  return outcomes;
}

function report(rows: readonly Row[], seeds: number, backend: string): string {
  const line = (row: Row): string =>
    `| ${row.section} | ${row.setting} | ${row.quantity} | ${row.reference} | ${row.measured} | ${row.allowed} | ${row.agrees ? 'yes' : '**no**'} |`;
  return [
    '# Reproduction',
    '',
    `Written by \`npm run reproduce\`: ${seeds} seeds on the backend ${backend}, beside measurements made in`,
    'PyTorch 1.13 (float32, 10 seeds unless stated, its own random numbers and its own split of the data).',
    'Mean ± standard deviation (sd) over seeds; where none stands, PyTorch’s was not kept. "allowed" is the',
    'difference up to which the two agree, and where it comes from. Where a deviation over seeds is known on both',
    'sides, the wider counts. d is the number of hidden layers; width 32, batches of 32 unless stated in the',
    'command.',
    '',
    '| § | setting | quantity | PyTorch | here | allowed | agrees |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(line),
    '',
  ].join('\n');
}

const average = (list: readonly number[]): number =>
  list.reduce((total, value) => total + value, 0) / list.length;
const spread = (list: readonly number[]): number => {
  const center = average(list);
  return Math.sqrt(
    list.reduce((total, value) => total + (value - center) ** 2, 0) / Math.max(1, list.length - 1),
  );
};
const show = (number: number): string => String(Number(number.toPrecision(3)));

/** What PyTorch measured: with its deviation over seeds, or, where that was not kept, with what is known instead. */
type Reference = { mean: number; sd: number } | { mean: number; slack: number; why: string };

/** A share of `rows` images, of which PyTorch's split has others than ours. */
function shareOf(rows: number, part: string) {
  return (mean: number): Reference => ({
    mean,
    slack: 2 * Math.sqrt((mean * (1 - mean)) / rows),
    why: `2 sd of a share of ${rows} ${part} images`,
  });
}
const ofTest = shareOf(360, 'test');
const ofTraining = shareOf(1437, 'training');

/** A number that was kept to so many decimals. */
const rounded = (mean: number, decimals: number): Reference => ({
  mean,
  slack: 0.5 * 10 ** -decimals,
  why: 'the reference is rounded',
});

/** A mean over seeds beside a mean over seeds. */
function mean(
  setting: string,
  quantity: string,
  list: readonly number[],
  reference: Reference,
): Omit<Row, 'section'> {
  const ours = 2 * spread(list);
  const [theirs, why] =
    'sd' in reference
      ? [2 * reference.sd, '2 sd over PyTorch’s seeds']
      : [reference.slack, reference.why];
  const allowed = Math.max(theirs, ours);
  return {
    setting,
    quantity,
    reference: show(reference.mean) + ('sd' in reference ? ` ± ${show(reference.sd)}` : ''),
    measured: `${show(average(list))} ± ${show(spread(list))}`,
    allowed: `${show(allowed)}: ${theirs >= ours ? why : '2 sd over our seeds'}`,
    agrees: Math.abs(average(list) - reference.mean) <= allowed,
  };
}

/** A geometric mean over seeds beside one; the factor between them is compared with the seeds' own. */
function geometricMean(
  setting: string,
  quantity: string,
  list: readonly number[],
  reference: number,
): Omit<Row, 'section'> {
  const logs = list.map(Math.log);
  const factor = Math.exp(spread(logs));
  return {
    setting,
    quantity: `${quantity} (geometric mean)`,
    reference: show(reference),
    measured: `${show(Math.exp(average(logs)))} ×/÷ ${show(factor)}`,
    allowed: `factor ${show(factor ** 2)}: 2 sd of the logarithm over our seeds`,
    agrees: Math.abs(average(logs) - Math.log(reference)) <= 2 * spread(logs),
  };
}

/** A count of runs beside a count of ten. */
function count(
  setting: string,
  quantity: string,
  outcomes: readonly Outcome[],
  test: (one: Outcome) => boolean,
  ofTen: number,
): Omit<Row, 'section'> {
  const hits = outcomes.filter(test).length;
  return {
    setting,
    quantity,
    reference: `${ofTen}/10`,
    measured: `${hits}/${outcomes.length}`,
    allowed:
      ofTen % 10 === 0
        ? '2 of 10: a rate of 0.2 gives 0 of 10 with probability 0.11'
        : '2 of 10: such a count has an sd of up to 1.6',
    agrees: Math.abs((hits / outcomes.length) * 10 - ofTen) <= 2,
  };
}

/** A number that does not depend on a seed, beside one that was kept to so many decimals. */
function exact(
  setting: string,
  quantity: string,
  got: number,
  reference: number,
  decimals: number,
): Omit<Row, 'section'> {
  return {
    setting,
    quantity,
    reference: String(reference),
    measured: got.toFixed(decimals),
    allowed: `${show(0.5 * 10 ** -decimals)}: the reference is rounded`,
    agrees: Math.abs(got - reference) <= 0.5 * 10 ** -decimals,
  };
}

const diverged = ({ last }: Outcome): boolean => last.firstNonFinite !== null;
const accuracy = ({ last }: Outcome): number => last.final?.testAccuracy ?? 0.1;
const trainAccuracy = ({ last }: Outcome): number => last.final?.trainAccuracy ?? 0.1;
const tail = ({ losses }: Outcome): number => average(losses.slice(-20));
const solved =
  (threshold: number) =>
  (one: Outcome): boolean => {
    for (let i = 20; i <= one.losses.length; i++)
      if (average(one.losses.slice(i - 20, i)) < threshold) return true;
    return false;
  };

/** The network and batch that most settings share. */
function mlp(
  depth: number,
  activation: MlpSpec['activation'],
  initializer: InitializerSpec,
  more: Partial<MlpSpec> = {},
): Pick<TrainingSpec, 'network' | 'task' | 'batchSize'> {
  return {
    network: { kind: 'mlp', depth, width: 32, activation, initializer, ...more },
    task: { kind: 'digits' },
    batchSize: 32,
  };
}
const momentum = (learningRate: number) => ({ kind: 'momentum', learningRate }) as const;
const adam = (learningRate: number) => ({ kind: 'adam', learningRate }) as const;
const sgd = (learningRate: number) => ({ kind: 'sgd', learningRate }) as const;

interface Section {
  section: number;
  measure(train: Train, seeds: number): Promise<Omit<Row, 'section'>[]>;
}

/** Var y over `draws` of y = Σ x_j w_j, x_j = ReLU(N(0, 1)), w_j ~ N(0, 1/n), j = 1 … n. */
function varianceOfSum(n: number, draws: number, seed: number): number {
  const rng = new Rng(seed);
  let [sum, square] = [0, 0];
  for (let i = 0; i < draws; i++) {
    let y = 0;
    for (let j = 0; j < n; j++) y += (Math.max(0, rng.normal()) * rng.normal()) / Math.sqrt(n);
    sum += y;
    square += y * y;
  }
  return square / draws - (sum / draws) ** 2;
}

const sections: Section[] = [
  {
    section: 1,
    async measure(train) {
      const stuck = await train({
        ...mlp(10, 'sigmoid', { kind: 'glorotNormal' }),
        optimizer: momentum(0.1),
        steps: 300,
      });
      const two = await train({
        ...mlp(2, 'sigmoid', { kind: 'glorotNormal' }),
        optimizer: momentum(0.1),
        steps: 300,
      });
      const tanh = await train({
        ...mlp(10, 'tanh', { kind: 'orthogonal' }),
        optimizer: momentum(0.01),
        steps: 300,
      });
      const relu = await train({
        ...mlp(10, 'relu', { kind: 'heNormal' }),
        optimizer: adam(0.002),
        steps: 300,
      });
      const ratio = stuck.map(
        ({ first }) => first.weightGradientNorm[0]! / first.weightGradientNorm[9]!,
      );
      const name = 'sigmoid d10, Glorot, momentum 0.1';
      return [
        mean(
          name,
          'training loss',
          stuck.map(({ last }) => last.final!.trainLoss),
          { mean: 2.312, sd: 0.004 },
        ),
        count(name, 'stuck (loss > 2.25)', stuck, ({ last }) => last.final!.trainLoss > 2.25, 10),
        geometricMean(name, '‖∂W₁‖/‖∂W₁₀‖ at the start', ratio, 5.3e-6),
        mean('sigmoid d2, the same', 'test accuracy', two.map(accuracy), ofTest(0.968)),
        mean(
          'tanh d10, orthogonal, momentum 0.01',
          'test accuracy',
          tanh.map(accuracy),
          ofTest(0.956),
        ),
        mean('ReLU d10, He, Adam 0.002', 'test accuracy', relu.map(accuracy), ofTest(0.925)),
      ];
    },
  },
  {
    section: 2,
    async measure(train) {
      const relu = await train({
        ...mlp(10, 'relu', { kind: 'heNormal', gain: 2 }),
        optimizer: sgd(0.01),
        steps: 200,
      });
      const critical = 0.30811;
      const linear = await train({
        ...mlp(0, 'linear', { kind: 'zeros' }, { outputInitializer: { kind: 'zeros' } }),
        task: { kind: 'linearRegression' },
        batchSize: 1437,
        optimizer: sgd(1.25 * critical),
        steps: 300,
      });
      const at = (outcomes: readonly Outcome[]): number[] =>
        outcomes.map(({ last }) => last.firstNonFinite?.step ?? NaN);
      return [
        count('ReLU d10, 2 × He, SGD 0.01', 'diverged', relu, diverged, 10),
        mean('ReLU d10, 2 × He, SGD 0.01', 'step of the first NaN', at(relu), {
          mean: 2.5,
          slack: 0.5,
          why: 'the reference is a range, 2 to 3',
        }),
        mean('linear regression, 1.25 × critical rate', 'first non-finite step', at(linear), {
          mean: 104,
          slack: 4,
          why: 'what 1 % of λ_max changes, which depends on the split',
        }),
      ];
    },
  },
  {
    section: 3,
    measure: () => {
      const chain = scalarChain(1, [1, 1, 1, 1], [0, 0, 0, 0], 0);
      return Promise.resolve([
        exact('four sigmoid units, w = 1, b = 0', '∂L/∂b₁', chain.biasGradient[0]!, 0.001428, 6),
        exact('four sigmoid units, w = 1, b = 0', '∂L/∂b₄', chain.biasGradient[3]!, 0.1481, 4),
      ]);
    },
  },
  {
    section: 4,
    async measure(train) {
      const dying = (activation: 'relu' | 'elu') =>
        train({
          ...mlp(3, activation, { kind: 'heNormal' }, { bias: -2 }),
          optimizer: sgd(0.1),
          steps: 300,
        });
      const [relu, elu] = [await dying('relu'), await dying('elu')];
      return [
        count(
          'ReLU d3, biases −2, SGD 0.1',
          'dead (loss > 2.25)',
          relu,
          (one) => tail(one) > 2.25,
          10,
        ),
        mean(
          'ELU d3, biases −2, SGD 0.1',
          'training loss',
          elu.map(({ last }) => last.final!.trainLoss),
          { mean: 0.127, sd: 0.042 },
        ),
      ];
    },
  },
  {
    section: 5,
    async measure(train) {
      const initializer = { kind: 'leCunNormal' } as const;
      const runs = await train(
        { ...mlp(10, 'tanh', initializer), optimizer: sgd(0.01), steps: 0, batchSize: 1437 },
        ['activationStd'],
      );
      const std = (layer: number): number[] =>
        runs.map(({ first }) => first.extra!['activationStd']![layer - 1]!);
      const orthogonal = await train({
        ...mlp(10, 'tanh', { kind: 'orthogonal' }, { outputInitializer: { kind: 'orthogonal' } }),
        optimizer: momentum(0.01),
        steps: 300,
      });
      const lsuv = await train({
        ...mlp(10, 'relu', { kind: 'lsuv' }, { outputInitializer: { kind: 'orthogonal' } }),
        optimizer: momentum(0.01),
        steps: 300,
      });
      return [
        mean('tanh d10, LeCun, at the start', 'std of h₁', std(1), rounded(0.63, 2)),
        mean('tanh d10, LeCun, at the start', 'std of h₅', std(5), rounded(0.32, 2)),
        mean('tanh d10, LeCun, at the start', 'std of h₁₀', std(10), rounded(0.22, 2)),
        mean(
          'tanh d10, orthogonal everywhere; rate 0.01 (PyTorch: best of a grid)',
          'test accuracy',
          orthogonal.map(accuracy),
          ofTest(0.971),
        ),
        mean(
          'ReLU d10, LSUV; output orthogonal (PyTorch: LSUV too); rate 0.01 (PyTorch: best of a grid)',
          'test accuracy',
          lsuv.map(accuracy),
          ofTest(0.946),
        ),
      ];
    },
  },
  {
    section: 6,
    measure: (_train, seeds) => {
      const variances = Array.from({ length: seeds }, (_, i) => varianceOfSum(256, 20_000, i + 1));
      return Promise.resolve([
        mean('y = Σ xw, x = ReLU(N(0, 1)), Var w = 1/n', 'Var y', variances, {
          mean: 0.505,
          slack: 2 * 0.505 * 0.01,
          why: '2 sd of PyTorch’s 20 000 draws, 1 % each',
        }),
      ]);
    },
  },
  {
    section: 7,
    async measure(train) {
      const error = (residual: 'none' | 'postActivation', depth: number) =>
        train({
          ...mlp(depth, 'relu', { kind: 'heNormal' }, { batchNorm: true, residual }),
          batchSize: 64,
          optimizer: momentum(0.03),
          steps: 400,
        }).then((runs) => runs.map((one) => 1 - trainAccuracy(one)));
      return [
        mean('plain ReLU d11 with batch norm', 'training error', await error('none', 11), {
          mean: 0.008,
          sd: 0.004,
        }),
        mean('plain ReLU d31 with batch norm', 'training error', await error('none', 31), {
          mean: 0.454,
          sd: 0.072,
        }),
        mean(
          'residual blocks d31 with batch norm',
          'training error',
          await error('postActivation', 31),
          { mean: 0.004, sd: 0.003 },
        ),
      ];
    },
  },
  {
    section: 8,
    async measure(train) {
      const recall = (forgetBias: number) =>
        train(
          {
            network: {
              kind: 'recurrent',
              cell: 'lstm',
              hiddenSize: 16,
              initializer: { kind: 'glorotUniform' },
              recurrentInitializer: { kind: 'orthogonal' },
              readout: 'last',
              forgetBias,
            },
            task: { kind: 'recall', length: 30 },
            optimizer: adam(0.01),
            clip: { kind: 'globalNorm', maxNorm: 1 },
            batchSize: 16,
            steps: 300,
          },
          ['cellGradientNorm'],
        );
      const [none, large] = [await recall(0), await recall(3)];
      return [
        count('LSTM, recall T30, forget bias 0', 'solved', none, solved(0.69), 0),
        count('LSTM, recall T30, forget bias 3', 'solved', large, solved(0.69), 10),
        geometricMean(
          'LSTM, recall T30, forget bias 3',
          '‖∂c₁‖/‖∂c₃₀‖ at the start',
          large.map(
            ({ first }) =>
              first.extra!['cellGradientNorm']![0]! / first.extra!['cellGradientNorm']![29]!,
          ),
          15,
        ),
      ];
    },
  },
  {
    section: 9,
    async measure(train) {
      const run = (batchNorm: boolean) =>
        train({
          ...mlp(10, 'sigmoid', { kind: 'glorotNormal' }, { batchNorm }),
          batchSize: 64,
          optimizer: sgd(0.3),
          steps: 200,
        });
      const [without, withNorm] = [await run(false), await run(true)];
      return [
        count(
          'sigmoid d10, SGD 0.3',
          'at chance (accuracy < 0.2)',
          without,
          (one) => trainAccuracy(one) < 0.2,
          10,
        ),
        mean('the same with batch norm', 'training accuracy', withNorm.map(trainAccuracy), {
          mean: 0.96,
          sd: 0.014,
        }),
      ];
    },
  },
  {
    section: 10,
    async measure(train) {
      const run = (clip: TrainingSpec['clip']) =>
        train({
          network: {
            kind: 'recurrent',
            cell: 'rnn',
            activation: 'linear',
            hiddenSize: 16,
            initializer: { kind: 'leCunNormal' },
            recurrentInitializer: { kind: 'orthogonal', gain: 1.2 },
            readout: 'last',
          },
          task: { kind: 'recall', length: 20 },
          optimizer: sgd(0.05),
          ...(clip ? { clip } : {}),
          batchSize: 16,
          steps: 250,
        });
      const name = 'linear RNN, orthogonal × 1.2, SGD 0.05';
      const none = await run(undefined);
      const norm = await run({ kind: 'globalNorm', maxNorm: 1 });
      return [
        count(name, 'diverged', none, diverged, 10),
        count(
          `${name}, norm clipped to 1`,
          'solved',
          norm,
          (one) => tail(one) < 0.3 * Math.log(4),
          10,
        ),
      ];
    },
  },
  {
    section: 11,
    async measure(train) {
      const run = (depth: number) =>
        train({
          ...mlp(depth, 'relu', { kind: 'heNormal', gain: 1.5 }),
          loss: 'meanSquaredError',
          // The reference sums the squares over the 10 outputs, so its rate of 0.01 is 0.1 here.
          optimizer: sgd(0.1),
          steps: 200,
        });
      return [
        count('ReLU d2, 1.5 × He, squared error', 'diverged', await run(2), diverged, 0),
        count('ReLU d6, 1.5 × He, squared error', 'diverged', await run(6), diverged, 10),
      ];
    },
  },
  {
    section: 12,
    async measure(train) {
      const run = (l2: number) =>
        train({
          network: {
            kind: 'recurrent',
            cell: 'rnn',
            activation: 'linear',
            hiddenSize: 16,
            initializer: { kind: 'leCunNormal' },
            recurrentInitializer: { kind: 'orthogonal', gain: 1.05 },
            readout: 'last',
          },
          task: { kind: 'recall', length: 20 },
          optimizer: sgd(0.0075),
          penalty: { l2, tensors: ['Wh'] },
          batchSize: 16,
          steps: 500,
        });
      const [none, strong] = [await run(0), await run(0.3)];
      return [
        count('linear RNN, orthogonal × 1.05, no penalty', 'diverged', none, diverged, 4.75),
        count('the same with λ = 0.3 on Wh', 'diverged', strong, diverged, 0),
      ];
    },
  },
  {
    section: 13,
    async measure(train) {
      const point = fixedPoint('tanh', 1.5, 0.05);
      const run = (gain: number) =>
        train({
          ...mlp(10, 'tanh', { kind: 'leCunNormal', gain }, { bias: { std: 0.05 } }),
          optimizer: momentum(0.005),
          steps: 200,
        }).then((runs) => runs.map(trainAccuracy));
      return [
        exact('tanh, σ_w 1.5, σ_b 0.05', 'χ', chi('tanh', 1.5, point.q), 1.137, 3),
        mean('tanh d10, σ_w 0.5, σ_b 0.05', 'training accuracy', await run(0.5), ofTraining(0.11)),
        mean('tanh d10, σ_w 1.3, σ_b 0.05', 'training accuracy', await run(1.3), ofTraining(0.95)),
      ];
    },
  },
];
