/** Measures in one browser: each job on a fresh page, then seeds, statistics and profile. */
import { checkYardstick } from './gates.ts';
import type { JobMeasured, Measured } from './page.ts';
import type { ProfileMeasured } from './profileJob.ts';
import type { SeedsMeasured } from './seeds.ts';
import type { StatisticsMeasured } from './statistics.ts';

/** A page of either browser's driver. */
export interface AnyPage {
  evaluate(code: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Settings {
  /** Names of jobs and columns; all where the list is empty. */
  jobs: readonly string[];
  columns: readonly string[];
  rounds: number;
  /** Milliseconds of one column in one round. */
  slice: number;
  /** Whether the yardstick is enforced: it was taken in Chromium. */
  enforces: boolean;
}

/** What was measured in one browser. */
export interface BrowserResults {
  browser: string;
  results: Measured[];
  peak: { kernel: string; gigaflops: number };
  yardstick: number | null;
  /** Null where only some jobs or columns were asked for. */
  seeds: SeedsMeasured | null;
  statistics: StatisticsMeasured | null;
  profile: ProfileMeasured | null;
}

/** What a promise in the page comes to. Drivers wait minutes at most; a job may take longer. */
export async function settled(page: AnyPage, promise: string): Promise<unknown> {
  await page.evaluate(`globalThis.outcome = null;
    ${promise}.then(
      (value) => (globalThis.outcome = { value }),
      (error) => (globalThis.outcome = { error: error?.message ?? String(error) }),
    );
    null`);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const outcome = (await page.evaluate('globalThis.outcome')) as {
      value?: unknown;
      error?: string;
    } | null;
    if (outcome?.error) throw new Error(outcome.error);
    if (outcome) return outcome.value;
  }
}

/** Prints as it measures; throws a sentence where a gate is not passed. */
export async function measureIn(
  name: string,
  openPage: () => Promise<AnyPage>,
  settings: Settings,
): Promise<BrowserResults> {
  console.log(`\n${name}`);
  const onPage = async (call: string): Promise<unknown> => {
    const page = await openPage();
    try {
      return await settled(page, call);
    } finally {
      await page.close();
    }
  };
  const jobs =
    settings.jobs.length > 0
      ? settings.jobs
      : ((await onPage('Promise.resolve(jobNames)')) as string[]);
  const found: BrowserResults = {
    browser: name,
    results: [],
    peak: { kernel: '', gigaflops: 0 },
    yardstick: null,
    seeds: null,
    statistics: null,
    profile: null,
  };
  for (const job of jobs) {
    const request = [job, settings.columns, settings.rounds, settings.slice];
    const measured = (await onPage(`measure(...${JSON.stringify(request)})`)) as JobMeasured;
    found.results.push(...measured.columns);
    if (measured.peak.gigaflops > found.peak.gigaflops) found.peak = measured.peak;
    print(job, measured);
    if (measured.yardstick === null) continue;
    found.yardstick = measured.yardstick;
    console.log(`  objects have ${measured.yardstick.toFixed(2)} of the speed of fit cpu`);
    if (settings.enforces) checkYardstick(measured.yardstick);
  }
  if (settings.jobs.length > 0 || settings.columns.length > 0) return found;

  const seeds = (found.seeds = (await onPage('manySeeds()')) as SeedsMeasured);
  console.log(
    `\n${seeds.seeds} seeds, ${seeds.networks} networks, ${seeds.steps} steps each, ${seeds.backend}, on ` +
      `${seeds.workers} workers: ${seeds.cold.toFixed(2)} s cold, ${seeds.warm.toFixed(2)} s warm`,
  );
  const call = `statisticsCost(${settings.rounds})`;
  const statistics = (found.statistics = (await onPage(call)) as StatisticsMeasured);
  console.log(`\nStatistics, ${statistics.job}`);
  console.log(`  no frames               ${statistics.milliseconds.toFixed(3)} ms a step`);
  for (const { every, ratio } of statistics.runs)
    console.log(`  a frame every ${every} steps   ${ratio.toFixed(3)} × that time`);
  const profile = (found.profile = (await onPage('profileJ30()')) as ProfileMeasured);
  const total = profile.kernels.reduce((sum, { microseconds }) => sum + microseconds, 0);
  console.log(`\nA step of ${profile.job} by kernel, ${profile.step.toFixed(0)} µs`);
  for (const { kernel, instructions, microseconds } of profile.kernels)
    console.log(
      `  ${kernel.padEnd(12)} ${String(instructions).padStart(4)} instructions  ` +
        `${microseconds.toFixed(1).padStart(6)} µs  ${((100 * microseconds) / total).toFixed(1).padStart(5)} %`,
    );
  return found;
}

function print(job: string, { columns, missing, peak }: JobMeasured): void {
  console.log(`\n${job}  (peak ${peak.gigaflops.toFixed(1)} GFLOP/s, ${peak.kernel})`);
  for (const { column, milliseconds, ratio, loss } of columns) {
    const steps = (1000 / milliseconds).toFixed(0);
    const shown = loss === null || Number.isNaN(loss) ? '' : `loss ${loss.toPrecision(7)}`;
    console.log(
      `  ${column.padEnd(20)} ${milliseconds.toFixed(3).padStart(9)} ms  ${steps.padStart(6)} steps/s  ` +
        `${ratio.toFixed(2).padStart(7)} × captured's time   ${shown}`,
    );
  }
  const floor = columns.find(({ column }) => column === 'arithmetic floor');
  if (floor) console.log(`  captured reaches ${(100 * floor.ratio).toFixed(0)} % of the floor`);
  if (missing.length > 0) console.log(`  not in this browser: ${missing.join(', ')}`);
}
