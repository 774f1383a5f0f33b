import { formatNumber, formatTick, powerOfTen } from './numbers';
import type { Axis } from './spec';

export interface Tick {
  /** Where it stands, in the drawing's units. */
  at: number;
  value: number;
  label: string;
}

export interface Scale {
  /** From a value to the drawing's units; not for values the axis cannot hold. */
  place: (value: number) => number;
  /** From the drawing's units to a value. */
  value: (at: number) => number;
  domain: [number, number];
  ticks: Tick[];
}

/** Whether an axis has a place for a value: finite, and positive where the axis is logarithmic. */
export const holds = (axis: Axis, value: number): boolean =>
  Number.isFinite(value) && (axis.scale === 'linear' || value > 0);

/** The nearest of 1, 2, 5 times a power of ten that is not below `atLeast`. */
const niceStep = (atLeast: number): number => {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  for (const step of [1, 2, 5]) if (step * power >= atLeast * (1 - 1e-12)) return step * power;
  return 10 * power;
};

const linearStep = (axis: Axis, low: number, high: number, count: number): number => {
  const step = niceStep(Math.max(high / count - low / count, Number.MIN_VALUE));
  return axis.integer ? Math.max(1, step) : step;
};

const clampFinite = (value: number): number =>
  Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));

/**
 * The ends of an axis: its own `domain`, else the data's, widened to round numbers where `round` is
 * set. Ends and values that the axis cannot hold do not count. Never empty: low < high, both held; ends at
 * one value are widened around it.
 */
export function domainOf(axis: Axis, values: Iterable<number>, round: boolean): [number, number] {
  if (axis.domain) {
    const [from, to] = axis.domain;
    if (from < to && holds(axis, from) && holds(axis, to)) return axis.domain;
    const { domain, ...free } = axis;
    return domainOf(free, from === to ? domain : [...values, ...domain], round && from !== to);
  }
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!holds(axis, value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return axis.scale === 'log' ? [0.1, 1] : [0, 1];
  if (axis.scale === 'log') {
    if (!round && low < high) return [low, high];
    let from = Math.floor(Math.log10(low) + 1e-9);
    let to = Math.ceil(Math.log10(high) - 1e-9);
    if (from === to) [from, to] = [from - 1, to + 1];
    return [Math.max(10 ** from, Number.MIN_VALUE), clampFinite(10 ** to)];
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Also where the values differ by less than their digits can show.
  if (high / 2 - low / 2 < Math.max(size * 1e-12, 1e-290)) {
    const half = axis.integer || size < 1e-290 ? 1 + size * 1e-9 : size / 10;
    [low, high] = [clampFinite(low - half), clampFinite(high + half)];
  }
  if (!round) return [low, high];
  // A quantity that comes near zero is shown down to zero: no curve looks steeper than it is.
  if (low > 0 && low < 0.6 * high) low = 0;
  const step = linearStep(axis, low, high, 4);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return [clampFinite(first * step), clampFinite(last * step)];
}

const oddTicks = (high: number, locale: string): Omit<Tick, 'at'>[] =>
  Array.from({ length: Math.ceil(high / 2) }, (_, k) => ({
    value: 2 * k + 1,
    label: formatNumber(2 * k + 1, { locale }),
  }));

/**
 * How many ticks with their labels fit along so many units: a few where the numbers are long, every
 * layer where they are short.
 */
export function ticksThatFit(axis: Axis, [low, high]: [number, number], units: number): number {
  const digits = Math.max(Math.abs(low), Math.abs(high)) < 100 ? 2 : 4;
  return units / (axis.integer && axis.scale === 'linear' ? 14 + 8 * digits : 55);
}

function linearTicks(axis: Axis, low: number, high: number, count: number, locale: string) {
  const step = linearStep(axis, low, high, count);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const ticks: Omit<Tick, 'at'>[] = [];
  // Layers are counted from 1: the first has its tick, and every second means the odd ones.
  const fromOne = axis.integer && Math.round(low) === 1 && step > 1;
  if (fromOne && step === 2) return oddTicks(high, locale);
  if (fromOne) ticks.push({ value: 1, label: formatTick(1, step, largest, locale) });
  const first = Math.ceil(low / step - 1e-9);
  for (let k = 0; k <= 2 * count; k++) {
    const value = Number(((first + k) * step).toPrecision(12)) + 0;
    if (value > clampFinite(high + step * 1e-9)) break;
    // Where numbers lie closer than they can be written, one label stands for them.
    const label = formatTick(value, step, largest, locale);
    if (value >= low && ticks.at(-1)?.label !== label) ticks.push({ value, label });
  }
  return ticks;
}

function logTicks(axis: Axis, low: number, high: number, count: number, locale: string) {
  const from = Math.ceil(Math.log10(low) - 1e-9);
  const to = Math.floor(Math.log10(high) + 1e-9);
  const ticks: Omit<Tick, 'at'>[] = [];
  if (to - from >= 2) {
    const stride = [1, 2, 3, 4, 5, 10, 20, 25, 50, 100, 200].find((s) => (to - from) / s <= count)!;
    const plain = from >= -3 && to <= 4;
    for (let e = Math.ceil(from / stride) * stride; e <= to; e += stride) {
      const value = Number(`1e${e}`);
      const label = plain || e === 0 ? formatNumber(value, { locale }) : powerOfTen(e);
      ticks.push({ value, label });
    }
    return ticks;
  }
  for (let e = from - 1; e <= to; e++)
    for (const digit of [1, 2, 5]) {
      const value = Number(`${digit}e${e}`);
      if (value >= low * (1 - 1e-9) && value <= clampFinite(high * (1 + 1e-9)))
        ticks.push({ value, label: formatNumber(value, { locale }) });
    }
  return ticks.length > 1 ? ticks : linearTicks(axis, low, high, count, locale);
}

/**
 * The scale of an axis from a domain to a range of the drawing, with about `count` ticks at round
 * values.
 */
export function makeScale(
  axis: Axis,
  domain: [number, number],
  range: [number, number],
  count: number,
  locale = 'en',
): Scale {
  const log = axis.scale === 'log';
  // Halves, so that the distance between two huge numbers does not overflow.
  const forward = log ? Math.log10 : (value: number) => value / 2;
  const back = log ? (value: number) => 10 ** value : (value: number) => value * 2;
  const [from, to] = [forward(domain[0]), forward(domain[1])];
  const place = (value: number) =>
    range[0] + ((forward(value) - from) / (to - from)) * (range[1] - range[0]);
  const value = (at: number) =>
    clampFinite(back(from + ((at - range[0]) / (range[1] - range[0])) * (to - from)));
  const ticks = (log ? logTicks : linearTicks)(axis, domain[0], domain[1], count, locale).map(
    (tick) => ({ ...tick, at: place(tick.value) }),
  );
  return { place, value, domain, ticks };
}
