import { formatNumber, formatPercent } from '../../kit/format';
import { spreadOf } from '../../kit/spread';
import type { Recording } from '../../kit/widget';
import { countOf, flagOf, type FactKind, type Told } from './given';
import { perRun, QUANTITY, quantityOf, seedsInWords, type Quantity } from './quantity';

export interface Measurement extends Told {
  /** The median over the seeds. */
  value: number;
}

export interface MeasureOptions {
  digits?: number | undefined;
  percent?: boolean | undefined;
  /** Whether the median is of the runs that stayed finite, where some did not; the text then says how many. */
  finite?: boolean | undefined;
  locale?: string;
}

/** Values that say when something comes: where it never does, they are infinite. */
const isMoment = ({ value, over }: Quantity): boolean =>
  over === undefined && /Steps?$/.test(value);

/**
 * One number of a recording as prose shows it: the median over the seeds, with the range as detail.
 *
 * @throws a sentence that names what is known, where there is no such value or entry; and where some runs
 * are not finite and nothing says that the median leaves them out.
 */
export function measure(
  recording: Recording,
  quantity: Quantity,
  { digits = 3, percent = false, finite = false, locale = 'en' }: MeasureOptions = {},
): Measurement {
  const runs = perRun(recording, quantity);
  const kept = runs.filter(Number.isFinite);
  const mixed = kept.length > 0 && kept.length < runs.length;
  if (mixed && !finite)
    throw new Error(
      `value="${quantity.value}" is not finite in ${runs.length - kept.length} of ${runs.length} ` +
        'runs, so a median over all of them says nothing: count them by <Counted>, or add finite ' +
        'for the median of the others, which then says how many they are.',
    );
  const { median, low, high } = spreadOf(mixed ? kept : runs);
  const write = (value: number) =>
    percent ? formatPercent(value, locale) : formatNumber(value, { locale, digits });
  const between = `from ${write(low)} to ${write(high)}`;
  const range = [low, high] as const;
  const seeds = seedsInWords(recording, runs.length);
  if (mixed)
    return {
      value: median,
      text: `${write(median)} (${kept.length} of ${runs.length})`,
      detail: isMoment(quantity)
        ? `median of the ${kept.length} of ${seeds} in which it comes, ${between}`
        : `median of the ${kept.length} of ${seeds} that stayed finite, ${between}`,
      range,
    };
  const never = isMoment(quantity) && runs.every((one) => one === Infinity);
  const [text, told] = never
    ? ['never', `in none of ${seeds}`]
    : kept.length === 0
      ? [write(median), `no finite number in any of ${seeds}`]
      : low === high
        ? [write(median), `the same in each of ${seeds}`]
        : [write(median), `median of ${seeds}, ${between}`];
  return { value: median, text, detail: runs.length > 1 ? told : '', range };
}

/** `<Measured of="vanishing-depth" preset="cure" value="testAccuracy" percent />`. */
export const measured: FactKind = {
  printed: true,
  own: [...QUANTITY, 'digits', 'percent', 'finite'],
  tell: ({ recording, asked, locale }) =>
    measure(recording, quantityOf(asked), {
      digits: countOf(asked, 'digits'),
      percent: flagOf(asked, 'percent'),
      finite: flagOf(asked, 'finite'),
      locale,
    }),
};
