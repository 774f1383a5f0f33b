/** What `npm run bench` has measured of the built site. */
import { existsSync, readFileSync } from 'node:fs';

/** Medians of the milliseconds of the first and of the second run of a page just opened. */
export interface ColdAndWarm {
  cold: number;
  warm: number;
}

/** The file as tests/bench/pages.ts writes it; every figure is a median of `times` measurements. */
export interface PagesRecord {
  date: string;
  machine: string;
  cores: number;
  browser: string;
  times: number;
  /** Scores from 0 to 100 by category. */
  lighthouse: Record<string, number>;
  /** Milliseconds from Run to the first frame, the program's files in the browser's cache. */
  firstFrame: number;
  /** Tasks of more than 50 ms in five seconds of training. */
  longTasks: number;
  /** Frames that came a sixtieth of a second late or more, in the same five seconds. */
  droppedFrames: number;
  /** From Run to the last layer of the pass through six wide layers, in law and with real weights. */
  signal: { law: ColdAndWarm; real: ColdAndWarm };
  /** Bytes that the first Run loads, compressed with Brotli, by what they are for. */
  bytes: { replay: number; capture: number; digits: number; webgl: number; embed: number };
}

const FILE = 'tests/bench/pages.json';

/** The recorded measurement; null where there is none. */
export function pagesRecord(): PagesRecord | null {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as PagesRecord) : null;
}
