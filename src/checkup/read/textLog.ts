import type { FormatId } from './formats.ts';
import { flatten, isOfEvaluation, parseJson } from './jsonLine.ts';
import { marksRow, meaningOf } from './names.ts';
import type { LeftOut } from './notes.ts';
import { pairsOn, type Pair } from './pairs.ts';
import { readStated, type Stated } from './stated.ts';
import type { Table } from './table.ts';

type Cell = [name: string, value: number];

const OTHER = 'other output';
const CUT = 'cut off at the end of the file';
const PROCESS = 'lines of another process';

const processPrefix =
  /^\s*(?:\[(?:rank|default|gpu|worker|proc(?:ess)?)[ _:=]?(\d+)\]:?|(?:rank|worker)[ _:=]?(\d+)[:|]|(\d{1,4}):(?=\s*[{[A-Za-z]))\s?/i;
const scaleLine =
  /(?:reduc|decreas|sett|lower)\w*\s+(?:the\s+)?(?:loss\s+)?(?:scale\s+)?(?:from\s+\S+\s+)?to:?\s*([\d.]+(?:e[-+]?\d+)?)/i;
const ofEvaluation =
  /(?:Epoch|Iter)\((?:val|test)\)|^[\s\-*|]*(?:test|val|eval|valid|validation)(?:uation|idation)?\b[ :([]/i;
const epochAndIteration = /(Epoch)?(\(train\))?(:?)\s*\[\s*(\d+)\]\s*\[\s*(\d+)\s*\/\s*(\d+)\]/;
const iteration = /\b(?:iter(?:ation)?|step)s?(?:\(train\))?\s*:?\s*\[\s*(\d+)\s*\/\s*\d+\s*\]/i;
const barStep = /(?:^|\s)(\d+)\/(\d+)\s*\[/;

/** Rows whose names mean nothing to us are kept until it is known whether the file has others. */
const MOST_STRANGERS = 100_000;

interface Stranger {
  line: number;
  cells: Cell[];
}

/**
 * Reads a log line by line: what terminals show and what is written as JSON, one record a line. A line is a
 * row where it has a number under a name that means a loss or a norm; what stands between is left out and
 * counted. A file without such names gives the lines that repeat one set of names most often.
 */
export class TextLog {
  readonly #table: Table;
  readonly #left: LeftOut;
  readonly #stated: Stated;
  readonly #kinds = new Map<FormatId, number>();
  readonly #rowNames = new Map<string, boolean>();
  readonly #strangers: Stranger[] = [];
  #process: number | null = null;
  #overflows = 0;
  #scale: number | null = null;
  #scalerIsDeepSpeed = false;
  #layers: string[] | null = null;
  /** Version of our own log, where the file is one. */
  version: number | null = null;

  constructor(table: Table, left: LeftOut, stated: Stated) {
    this.#table = table;
    this.#left = left;
    this.#stated = stated;
  }

  line(text: string, number: number, ended: boolean): void {
    if (text.trim() === '') return;
    const { process, rest } = withoutProcess(text);
    if (process !== null && this.#process !== null && process !== this.#process) {
      this.#left.add(PROCESS, number, text);
      return;
    }
    const before = this.#table.rows;
    if (this.#scaler(rest) || this.#json(rest, number, ended) || this.#pairs(rest, number, ended)) {
      if (process !== null && this.#table.rows > before) this.#process = process;
    } else {
      readStated(rest, this.#stated);
      this.#left.add(ended ? OTHER : CUT, number, text);
    }
  }

  /** Ends the file: tells its format, or null where nothing was read. */
  end(): FormatId | null {
    if (this.#table.rows === 0) this.#admitStrangers();
    if (this.version !== null) return 'gradient-lab-log';
    if (this.#table.rows === 0) return null;
    if (this.#scalerIsDeepSpeed) return 'deepspeed';
    return [...this.#kinds].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'key-value';
  }

  /** A line by which a scaler of float16 says that it skipped a step. */
  #scaler(line: string): boolean {
    if (!/overflow/i.test(line)) return false;
    const found = scaleLine.exec(line);
    if (!found) return false;
    this.#scale = Number(found[1]);
    this.#overflows++;
    if (/deepspeed|loss_scaler/i.test(line)) this.#scalerIsDeepSpeed = true;
    return true;
  }

  #json(line: string, number: number, ended: boolean): boolean {
    const from = line.indexOf('{"');
    if (from === -1) return false;
    const whole = line.trim();
    const pure = whole.startsWith('{');
    const record = parseJson(pure ? whole : line.slice(from, line.lastIndexOf('}') + 1));
    if (record === null || typeof record !== 'object' || Array.isArray(record)) {
      if (pure && !ended) this.#left.add(CUT, number, line);
      return pure && !ended;
    }
    const object = record as Record<string, unknown>;
    if (object['format'] === 'gradient-lab-log') {
      this.#ownHeader(object);
      return true;
    }
    const cells: Cell[] = [];
    const path = isOfEvaluation(object) ? 'val/' : '';
    flatten(
      object,
      (name, value) => cells.push([name, value]),
      (list, place) =>
        /^(gradientNorm|zeroShare|belowFloat16Share)$/.test(list)
          ? (this.#layers?.[place] ?? String(place))
          : String(place),
      path,
    );
    const kind = pure
      ? 'json-lines'
      : /\|\s*(?:train_inner|train|valid)\s*\|/.test(line)
        ? 'fairseq'
        : 'json-lines';
    return this.#row(cells, number, kind, pure);
  }

  #ownHeader(header: Record<string, unknown>): void {
    const { version, layers, precision, framework, clipThreshold } = header;
    this.version = typeof version === 'number' ? version : 1;
    if (Array.isArray(layers) && layers.every((layer) => typeof layer === 'string')) {
      this.#layers = layers;
      this.#stated.layers = layers;
    }
    if (typeof precision === 'string') this.#stated.precision = precision;
    if (typeof framework === 'string') this.#stated.framework = framework;
    if (typeof clipThreshold === 'number' && clipThreshold > 0) {
      this.#stated.clipThreshold = clipThreshold;
      this.#stated.clipSource = `clipThreshold ${clipThreshold}`;
    }
  }

  #pairs(line: string, number: number, ended: boolean): boolean {
    const pairs = pairsOn(line);
    if (pairs.length === 0) return false;
    if (!ended && pairs.at(-1)!.end >= line.length) pairs.pop();
    if (pairs.length === 0) return false;
    const path = ofEvaluation.test(line) ? 'val/' : '';
    const cells = pairs.map(({ name, value }): Cell => [path + name, value]);
    if (path === '' && !pairs.some(({ name }) => meaningOfName(name) === 'step'))
      addPosition(line, cells);
    return this.#row(cells, number, kindOf(line, pairs), false);
  }

  /** Takes a line as a row, or keeps it for the case that no line is better; false where it is neither. */
  #row(cells: Cell[], number: number, kind: FormatId, anyNames: boolean): boolean {
    if (this.#table.full) {
      this.#left.add('beyond what fits in memory', number, '');
      return true;
    }
    if (cells.some(([name]) => this.#isOfRow(name))) {
      this.#table.begin(number);
      for (const [name, value] of cells) this.#table.set(name, value);
      if (this.#scale !== null) this.#table.set('loss scale, of the scaler', this.#scale);
      if (this.#overflows > 0) this.#table.set('overflows, of the scaler', this.#overflows);
      this.#overflows = 0;
      this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
      return true;
    }
    if (
      this.#table.rows === 0 &&
      cells.length >= (anyNames ? 1 : 2) &&
      this.#strangers.length < MOST_STRANGERS
    ) {
      this.#strangers.push({ line: number, cells });
    }
    return false;
  }

  #isOfRow(name: string): boolean {
    let known = this.#rowNames.get(name);
    if (known === undefined) {
      known = marksRow(name);
      if (this.#rowNames.size < 100_000) this.#rowNames.set(name, known);
    }
    return known;
  }

  #admitStrangers(): void {
    const bySignature = new Map<string, Stranger[]>();
    for (const stranger of this.#strangers) {
      const signature = stranger.cells.map(([name]) => name).join('\n');
      const same = bySignature.get(signature);
      if (same) same.push(stranger);
      else bySignature.set(signature, [stranger]);
    }
    const most = [...bySignature.values()].sort((a, b) => b.length - a.length)[0];
    if (!most || most.length < 3) return;
    for (const { line, cells } of most) {
      this.#table.begin(line);
      for (const [name, value] of cells) this.#table.set(name, value);
    }
    this.#kinds.set('key-value', most.length);
  }
}

function withoutProcess(line: string): { process: number | null; rest: string } {
  const first = line.trimStart().charCodeAt(0);
  // Only a bracket, a digit or one of the words' first letters can begin such a prefix.
  if (first !== 91 && !(first >= 48 && first <= 57) && !/^\s*[rw]/i.test(line))
    return { process: null, rest: line };
  const found = processPrefix.exec(line);
  if (!found) return { process: null, rest: line };
  return {
    process: Number(found[1] ?? found[2] ?? found[3]),
    rest: line.slice(found[0].length),
  };
}

const roles = new Map<string, string>();

function meaningOfName(name: string): string {
  let role = roles.get(name);
  if (role === undefined) {
    role = meaningOf(name).role;
    if (roles.size < 10_000) roles.set(name, role);
  }
  return role;
}

/** Epoch and step where a line has them in brackets: `Epoch(train) [1][ 10/735]`, `Epoch: [0] [ 32/1299]`. */
function addPosition(line: string, cells: Cell[]): void {
  if (line.includes('[')) {
    const both = epochAndIteration.exec(line);
    if (both) {
      const epoch = Number(both[4]);
      // mmengine and mmcv count epochs from 1, MetricLogger and PyTorch's examples from 0.
      const from = both[1] !== undefined && both[3] === '' ? 1 : 0;
      cells.unshift(['epoch', epoch], ['step', (epoch - from) * Number(both[6]) + Number(both[5])]);
      return;
    }
    const single = iteration.exec(line) ?? barStep.exec(line);
    if (single) cells.unshift(['step', Number(single[1])]);
  }
}

function kindOf(line: string, pairs: Pair[]): FormatId {
  if (line.includes("{'")) return 'huggingface-trainer';
  if (/\biteration\b.*\|/.test(line)) return 'megatron';
  if (/mmengine|mmcv|mmdet|mmseg|(?:Epoch|Iter)\(train\)|Epoch \[\d+\]\[/.test(line))
    return 'mmengine';
  if (pairs.some(({ averaged }) => averaged)) return 'metric-logger';
  if (/(?:^|\s)\d+\/\d+\s.*\s- \w+: [\d.]/.test(line)) return 'keras-progress';
  return 'key-value';
}
