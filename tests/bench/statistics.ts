/** Runs inside the browser: what statistics cost a run, through the engine's own runs and executors. */
import { Backends } from '../../src/engine/service/backends';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.browser';
import { Run } from '../../src/engine/run/run';
import { resolveSpec } from '../../src/engine/spec/resolve';
import { median } from './median';
import { jobs, specOf } from './networks';

export interface StatisticsMeasured {
  job: string;
  /** Median of the milliseconds of a step of a run without frames between its ends. */
  milliseconds: number;
  /** Runs with frames. */
  runs: {
    /** Steps from frame to frame. */
    every: number;
    /** Median over rounds of its time by that of the run without frames. */
    ratio: number;
  }[];
}

/** Steps from frame to frame: each, and as a run of 300 steps at the usual pace shows them. */
const paces = [1, 3];
/** Steps of a run in one round. */
const length = 600;
const none = { steps: length, milliseconds: Infinity };

/** Measures J30 on the captured backend, `rounds` times, the runs taking turns. */
export async function statisticsCost(rounds: number): Promise<StatisticsMeasured> {
  const job = jobs.find(({ name }) => name === 'J30')!;
  // Long enough that no run here comes to its end, which has a look at the whole data.
  const spec = resolveSpec({ ...specOf(job), steps: 100_000 });
  const captured = await new Backends({ wasmLocation }).open('captured', true);
  await captured.activate();
  const runs = await Promise.all(
    [length, ...paces].map(async (every) => {
      const request = { specs: { lane: spec }, statistics: [], every };
      const run = await Run.create(request, captured.factory, null);
      await run.frame(none);
      return run;
    }),
  );
  /** Milliseconds a step. */
  const time = async (run: Run): Promise<number> => {
    const start = performance.now();
    for (const from = run.lastStep; run.lastStep < from + length;) await run.frame(none);
    return (performance.now() - start) / length;
  };
  for (const run of runs) await time(run);
  const times: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    const row: number[] = [];
    for (const run of runs) row.push(await time(run));
    times.push(row);
  }
  runs.forEach((run) => run.dispose());
  return {
    job: job.name,
    milliseconds: median(times.map((row) => row[0]!)),
    runs: paces.map((every, i) => ({
      every,
      ratio: median(times.map((row) => row[i + 1]! / row[0]!)),
    })),
  };
}
