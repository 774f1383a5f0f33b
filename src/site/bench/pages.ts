/** What `npm run bench` has measured of the built site. */
import { existsSync, readFileSync } from 'node:fs';

/** Medians of the milliseconds of the first and of the second run of a page just opened. */
export interface ColdAndWarm {
  cold: number;
  warm: number;
}

/** What a reader waits for who moves a widget's first dial; medians of milliseconds. */
export interface DragRecord {
  widget: string;
  /** How much slower than it is the processor was made to look to the page. */
  slowdown: number;
  /** From a key to the first change on the screen. */
  changed: number;
  /** From a key to the picture of the finished run. */
  finished: number;
  /** From Run to the end, at full speed. */
  full: number;
  /** The longest task of the page meanwhile; 0 where none took 50 ms. */
  longestTask: number;
  /** Frames that came a sixtieth of a second late or more while the dial was moved. */
  droppedFrames: number;
}

/** Frames a second of the living picture of the home page. */
export interface PictureRecord {
  /** How much slower than it is the processor was made to look to the page. */
  slowdown: number;
  atRest: number;
  /** While its network is trained again and again. */
  training: number;
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
  /** The same of the home page; records of before know none. */
  home?: Record<string, number>;
  /** The home page's picture by slowdown; records of before know none. */
  picture?: PictureRecord[];
  /** Milliseconds from Run to the first frame, the program's files in the browser's cache. */
  firstFrame: number;
  /** Tasks of more than 50 ms in five seconds of training. */
  longTasks: number;
  /** Frames that came a sixtieth of a second late or more, in the same five seconds. */
  droppedFrames: number;
  /** From Run to the last layer of the pass through six wide layers, in law and with real weights. */
  signal: { law: ColdAndWarm; real: ColdAndWarm };
  /** Dials that are moved, by widget and slowdown; records of before know none. */
  drags?: DragRecord[];
  /** Bytes that the first Run loads, compressed with Brotli, by what they are for. */
  bytes: { replay: number; capture: number; digits: number; webgl: number; embed: number };
}

const FILE = 'tests/bench/pages.json';

/** The recorded measurement; null where there is none. */
export function pagesRecord(): PagesRecord | null {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as PagesRecord) : null;
}
