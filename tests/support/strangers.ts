import type { ChartSpec, Series } from '../../src/kit/charts/spec';

/**
 * The numbers that a chart shows and its result does not hold, each as a sentence. Theory may be any
 * number; a series that is declared to be derived has to be so (means of the result's numbers, what such
 * means lack to 1, bands of two of its standard errors); positions on an axis may count (1, 2, 3, …).
 */
export function strangers(chart: ChartSpec, result: unknown): string[] {
  const lists = [...listsIn(result)];
  const known = new Set(lists.flat());
  const isKnown = (value: number) => known.has(value) || Number.isNaN(value);
  const isPlace = (value: number) => isKnown(value) || Number.isInteger(value);
  const check = (what: string, values: readonly number[], is: (value: number) => boolean) =>
    values.filter((value) => !is(value)).map((value) => `${what}: ${value} is not in the result`);

  if (chart.kind === 'heat') {
    const overlay = (chart.overlay ?? []).filter(({ role }) => role !== 'theory');
    return [
      ...(chart.theory
        ? []
        : [
            ...check('columns', chart.columns, isPlace),
            ...check('values', chart.values.flat(), isKnown),
          ]),
      ...overlay.flatMap(({ id, x, y }) => [
        ...check(`${id}, x`, x, isPlace),
        ...check(`${id}, y`, y, isPlace),
      ]),
    ];
  }
  if (chart.kind === 'histogram')
    return chart.panels.flatMap(({ label, counts }) => check(label, counts, isPlace));
  if (chart.kind === 'network')
    return [
      ...chart.layers.flatMap(({ activation, signal }, l) => [
        ...check(`layer ${l + 1}, activation`, activation, isKnown),
        ...check(`layer ${l + 1}, signal`, signal, isKnown),
      ]),
      ...check('output, signal', chart.output.signal, isKnown),
      ...check(
        'weight gradients',
        chart.bundles.map(({ gradient }) => gradient),
        isKnown,
      ),
    ];
  // Once for all series: a result holds thousands of means.
  let means: ((value: number) => boolean) | undefined;
  const isMean = (value: number) => (means ??= meanTest(lists))(value);
  return chart.series
    .filter(({ role }) => role !== 'theory')
    .flatMap((series) => {
      const { id, x, y, band } = series;
      const isOwn = ownTest(series.derived, isMean, isKnown);
      const ends = [...(band?.low ?? []), ...(band?.high ?? [])];
      const isEnd = series.derived === 'standardErrors' ? errorTest(y, known) : isKnown;
      return [
        ...check(`${id}, x`, x, isPlace),
        ...check(`${id}, y`, y, isOwn),
        ...check(`${id}, band`, ends, isEnd),
      ];
    });
}

function ownTest(
  derived: Series['derived'],
  isMean: (value: number) => boolean,
  isKnown: (value: number) => boolean,
): (value: number) => boolean {
  if (derived !== 'mean' && derived !== 'meanError') return isKnown;
  return derived === 'mean' ? isMean : (value) => isMean(1 - value);
}

/** Every list of numbers in a result; numbers that stand alone are lists of one. */
function* listsIn(value: unknown): Generator<number[]> {
  if (typeof value === 'number') yield [value];
  else if (ArrayBuffer.isView(value)) yield [...(value as Float64Array)];
  else if (Array.isArray(value)) {
    const numbers = value.filter((one): one is number => typeof one === 'number');
    if (numbers.length > 0) yield numbers;
    for (const one of value) if (typeof one === 'object') yield* listsIn(one);
  } else if (value !== null && typeof value === 'object')
    for (const one of Object.values(value)) yield* listsIn(one);
}

/** Tests whether a number is the mean of several neighbours in one of the lists. */
function meanTest(lists: readonly number[][]): (value: number) => boolean {
  const means = lists.flatMap((list) =>
    list.flatMap((_, from) => {
      let sum = 0;
      return list.slice(from).map((one, i) => (sum += one) / (i + 1));
    }),
  );
  const sorted = Float64Array.from(means.filter(Number.isFinite)).sort();
  return (value) => {
    if (!Number.isFinite(value)) return means.some((mean) => Object.is(mean, value));
    const slack = 1e-9 * Math.max(1e-9, Math.abs(value));
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value - slack) low = middle + 1;
      else high = middle;
    }
    return low < sorted.length && sorted[low]! <= value + slack;
  };
}

/** Tests whether a number is two of the known errors away from one of the values. */
function errorTest(
  values: readonly number[],
  known: ReadonlySet<number>,
): (end: number) => boolean {
  return (end) =>
    values.some((value) => {
      const error = Math.abs(end - value) / 2;
      const slack = 1e-9 * (Math.abs(value) + error);
      for (const one of known) if (Math.abs(one - error) <= slack) return true;
      return false;
    });
}
