/** What `npm run bench -- --write` has measured, made ready for the page. */
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
    seeds: { seeds: number; steps: number; workers: number; seconds: number };
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
    return {
      browser,
      jobs,
      rows: columns.map((column) => ({
        column,
        cells: jobs.map(
          (job) => results.find((one) => one.job === job && one.column === column) ?? null,
        ),
      })),
    };
  });
}
