/** What `npm run bench` has measured, made ready for the page. */
import { existsSync, readFileSync } from 'node:fs';

/** The file as tests/bench/run.ts writes it; a number that is not finite is null. */
export interface BenchRecord {
  date: string;
  machine: string;
  cores: number;
  /** Load average of the machine at the end, with the benchmark's own part. */
  load: number;
  versions: Record<string, string>;
  browsers: {
    /** Name and version. */
    browser: string;
    results: {
      job: string;
      column: string;
      /** Median of the milliseconds of a step. */
      milliseconds: number;
      /** Median over rounds of the time by that of the captured step. */
      ratio: number;
      loss: number | null;
    }[];
    /** The fastest arithmetic that the same run reached, and the kernel that did. */
    peak: { kernel: string; gigaflops: number };
    /** Speed of `objects` by that of `fit cpu`, at J30. */
    yardstick: number | null;
    /** `vanishing-depth` from many seeds: seconds of the first press, which starts the workers, and the next. */
    seeds: {
      seeds: number;
      steps: number;
      networks: number;
      workers: number;
      backend: string;
      cold: number;
      warm: number;
    } | null;
    /** A run with a frame every so many steps: its time by that of one without frames. */
    statistics: {
      job: string;
      milliseconds: number;
      runs: { every: number; ratio: number }[];
    } | null;
    /** Microseconds of a captured step, and of its instructions by kernel, each timed alone. */
    profile: {
      job: string;
      step: number;
      kernels: { kernel: string; instructions: number; microseconds: number }[];
    } | null;
  }[];
}

const FILE = 'tests/bench/results.json';

/** The recorded measurement; null where there is none. */
export function benchRecord(): BenchRecord | null {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as BenchRecord) : null;
}

export interface BenchTable {
  browser: string;
  jobs: string[];
  /** For each job, the time of the arithmetic alone as a part of the captured step's. */
  floorShares: (number | null)[];
  rows: {
    column: string;
    /** For each job: null where it was not measured. */
    cells: ({ milliseconds: number; ratio: number } | null)[];
  }[];
}

/** A row for each way to train, in the order measured, and a column for each job. */
export function benchTables({ browsers }: BenchRecord): BenchTable[] {
  return browsers.map(({ browser, results }) => {
    const jobs = [...new Set(results.map(({ job }) => job))];
    const columns = [...new Set(results.map(({ column }) => column))];
    const find = (job: string, column: string) =>
      results.find((one) => one.job === job && one.column === column) ?? null;
    return {
      browser,
      jobs,
      floorShares: jobs.map((job) => find(job, 'arithmetic floor')?.ratio ?? null),
      rows: columns.map((column) => ({
        column,
        cells: jobs.map((job) => find(job, column)),
      })),
    };
  });
}
