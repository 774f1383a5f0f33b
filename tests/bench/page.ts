/** Runs inside the browser: measures one job's columns in interleaved rounds. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgl';
import { env } from '@tensorflow/tfjs-core/dist/base';
import { captured, fit, objects, prepare, Unavailable, type Column } from './columns';
import { convnet } from './convnet';
import { checkLoss, yardstick } from './gates';
import { loop } from './loop';
import { median } from './median';
import { memory } from './memory';
import { flopOf, jobs } from './networks';
import { peak } from './peak';
import { profileJ30 } from './profileJob';
import { manySeeds } from './seeds';
import { statisticsCost } from './statistics';

// What a page that cares for speed sets.
env().set('PROD', true);
env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
env().set('SOFTWARE_WEBGL_ENABLED', true);
setWasmPaths({
  'tfjs-backend-wasm.wasm': wasmPlain,
  'tfjs-backend-wasm-simd.wasm': wasmSimd,
  'tfjs-backend-wasm-threaded-simd.wasm': wasmThreaded,
});

export interface Measured {
  job: string;
  column: string;
  /** Median of milliseconds a step. */
  milliseconds: number;
  /** Median over rounds of this column's time by captured's. */
  ratio: number;
  /** Loss after the gate's steps; NaN where there is none. */
  loss: number;
}

export interface JobMeasured {
  columns: Measured[];
  /** Columns that this browser cannot run. */
  missing: string[];
  /** The fastest arithmetic of this run. */
  peak: { kernel: string; gigaflops: number };
  /** The speed of `objects` by that of `fit cpu`, of J30; null where they were not both measured. */
  yardstick: number | null;
}

const gateSteps = 20;
/** A column that has taken so many milliseconds of a job is not measured in further rounds, … */
const mostTime = 5000;
/** … after so many at least. */
const fewestRounds = 3;

/** As many products and sums as the job's matrix products have, at the machine's greatest speed. */
function floorColumn(flop: number): Column {
  const fastest = peak();
  return {
    name: 'arithmetic floor',
    run: (steps) => {
      fastest.run(steps * flop);
      return Promise.resolve(NaN);
    },
  };
}

async function time(column: Column, steps: number): Promise<number> {
  const start = performance.now();
  await column.run(steps);
  return (performance.now() - start) / steps;
}

interface Entry {
  column: Column;
  steps: number;
  /** Milliseconds a step, of each round. */
  times: number[];
  loss: number;
}

/** Measures a job; `wanted` names its columns, all of them where it is empty. */
export async function measure(
  jobName: string,
  wanted: string[],
  rounds: number,
  slice: number,
): Promise<JobMeasured> {
  const job = jobs.find(({ name }) => name === jobName);
  if (!job)
    throw new Error(
      `There is no job ${jobName}; there are: ${jobs.map(({ name }) => name).join(', ')}.`,
    );
  const prepared = prepare(job);
  const backends = ['webgl', 'wasm', 'cpu'];
  const isPlain = job.cell === null && !job.batchNorm && !job.residual;
  const makers: Record<string, () => Column | Promise<Column>> = {
    captured: () => captured(prepared),
    'arithmetic floor': () => floorColumn(flopOf(job)),
    ...Object.fromEntries(backends.map((name) => [`fit ${name}`, () => fit(prepared, name)])),
    ...Object.fromEntries(backends.map((name) => [`loop ${name}`, () => loop(prepared, name)])),
    ...(isPlain && job.optimizer === 'sgd'
      ? { objects: () => objects(prepared), ConvNetJS: () => convnet(prepared) }
      : {}),
  };
  const unit = prepared.batches.x.length;
  const entries: Entry[] = [];
  const missing: string[] = [];
  for (const [name, make] of Object.entries(makers)) {
    if (wanted.length > 0 && !wanted.includes(name) && name !== 'captured') continue;
    try {
      const column = await make();
      const loss = await column.run(gateSteps);
      const tolerance = job.lossTolerance;
      if (name !== 'arithmetic floor')
        checkLoss({ job: jobName, column: name, tolerance }, loss, entries[0]?.loss ?? loss);
      // The second run is warm: compiled shaders, compiled code.
      const once = await time(column, unit);
      const steps = Math.max(1, Math.round(slice / once / unit)) * unit;
      entries.push({ column, steps, times: [], loss });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      missing.push(name);
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { column, steps, times } of entries) {
      const taken = times.reduce((sum, one) => sum + one * steps, 0);
      if (round < fewestRounds || taken < mostTime) times.push(await time(column, steps));
    }
  }
  entries.forEach(({ column }) => column.dispose?.());
  const timesOf = (name: string): number[] | undefined =>
    entries.find(({ column }) => column.name === name)?.times;
  const own = entries[0]!.times;
  const [byObjects, byFit] = [timesOf('objects'), timesOf('fit cpu')];
  const { kernel, gigaflops } = peak();
  return {
    columns: entries.map(({ column, times, loss }) => ({
      job: jobName,
      column: column.name,
      milliseconds: median(times),
      ratio: median(times.map((t, round) => t / own[round]!)),
      loss,
    })),
    missing,
    peak: { kernel, gigaflops },
    yardstick: jobName === 'J30' && byObjects && byFit ? yardstick(byObjects, byFit) : null,
  };
}

Object.assign(globalThis, {
  measure,
  memory,
  manySeeds,
  profileJ30,
  statisticsCost,
  jobNames: jobs.map(({ name }) => name),
});
