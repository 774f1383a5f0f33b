/** Runs inside the browser: measures one job's columns in interleaved rounds. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgl';
import { env } from '@tensorflow/tfjs-core/dist/base';
import { captured, fit, loop, objects, prepare, type Column } from './columns';
import { convnet } from './convnet';
import { memory } from './memory';
import { flopOf, jobs } from './networks';
import { manySeeds } from './seeds';

/** The peak kernel in base64, put here by run.ts. */
declare const __PEAK__: string;

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
  /** Loss after the gate's steps; NaN where it was not checked. */
  loss: number;
}

const gateSteps = 20;

function peakColumn(flop: number): Column {
  const bytes = Uint8Array.from(atob(__PEAK__), (character) => character.charCodeAt(0));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { peak } = instance.exports as unknown as { peak(rounds: number, scale: number): number };
  const rounds = 2000;
  for (let i = 0; i < 2000; i++) peak(rounds, 1);
  return {
    name: 'arithmetic floor',
    run: (steps) => {
      // As many products and sums as the job's matrix products have.
      const calls = Math.max(1, Math.round((steps * flop) / (rounds * 64)));
      for (let i = 0; i < calls; i++) peak(rounds, 1);
      return Promise.resolve(NaN);
    },
  };
}

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[list.length >> 1]!;

async function time(column: Column, steps: number): Promise<number> {
  const start = performance.now();
  await column.run(steps);
  return (performance.now() - start) / steps;
}

/** Measures a job; `wanted` names its columns, all of them where it is empty. */
export async function measure(
  jobName: string,
  wanted: string[],
  rounds: number,
  slice: number,
): Promise<Measured[]> {
  const job = jobs.find(({ name }) => name === jobName)!;
  const prepared = prepare(job);
  const isPlain = job.cell === null && !job.batchNorm && !job.residual;
  const makers: Record<string, () => Column | Promise<Column>> = {
    captured: () => captured(prepared),
    'captured, no norms': () => captured(prepared, false),
    'arithmetic floor': () => peakColumn(flopOf(job)),
    ...Object.fromEntries(
      ['webgl', 'wasm', 'cpu'].flatMap((backend) => [
        [`fit ${backend}`, () => fit(prepared, backend)],
        ...(isPlain ? [[`loop ${backend}`, () => loop(prepared, backend)] as const] : []),
      ]),
    ),
    ...(isPlain && job.optimizer === 'sgd'
      ? { objects: () => objects(prepared), ConvNetJS: () => convnet(prepared) }
      : {}),
  };
  const columns: { column: Column; steps: number; times: number[]; loss: number }[] = [];
  for (const [name, make] of Object.entries(makers)) {
    if (wanted.length > 0 && !wanted.includes(name) && name !== 'captured') continue;
    const column = await make();
    const loss = await column.run(gateSteps);
    const expected = columns[0]?.loss ?? loss;
    // Another loss is another computation, whose speed says nothing.
    if (Math.abs(loss - expected) > job.lossTolerance * Math.abs(expected)) {
      throw new Error(`${jobName}: ${name} has the loss ${loss} where captured has ${expected}.`);
    }
    // The second run is warm: compiled shaders, compiled code.
    const once = await time(column, gateSteps);
    const steps = Math.max(1, Math.round(slice / once / gateSteps)) * gateSteps;
    columns.push({ column, steps, times: [], loss });
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of columns) entry.times.push(await time(entry.column, entry.steps));
  }
  const own = columns[0]!.times;
  const results = columns.map(({ column, times, loss }) => ({
    job: jobName,
    column: column.name,
    milliseconds: median(times),
    ratio: median(times.map((t, round) => t / own[round]!)),
    loss,
  }));
  columns.forEach(({ column }) => column.dispose?.());
  return results;
}

Object.assign(globalThis, { measure, memory, manySeeds, jobNames: jobs.map(({ name }) => name) });
