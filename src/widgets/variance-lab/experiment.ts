import { significant } from '../../kit/significant';
import { checkLines, type CheckedDerivation, type Estimate } from './check';
import type { VarianceSettings } from './params';
import { BATCHES, type VarianceResult } from './result';
import { UnitSampler, type Batch } from './sampling';

/** Work between two rests, so that the page can answer. */
const SLICE = 12;
const DIGITS = 5;

const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/**
 * Draws units in batches and yields the check of every line after each. Asks the engine for nothing:
 * it is arithmetic in double precision, in slices of a few milliseconds.
 */
export default async function* experiment(
  settings: VarianceSettings,
): AsyncGenerator<VarianceResult> {
  const sampler = new UnitSampler(settings);
  const size = Math.max(2, Math.round(settings.draws / BATCHES));
  const batches: Batch[] = [];
  const history: VarianceResult['history'] = { draws: [], shares: [] };
  let since = performance.now();
  while (batches.length < BATCHES) {
    const drawing = sampler.batch(size);
    let drawn = drawing.next();
    for (; !drawn.done; drawn = drawing.next()) {
      if (performance.now() - since < SLICE) continue;
      await rest();
      since = performance.now();
    }
    batches.push(drawn.value);
    if (batches.length < 2) continue;
    const checked = rounded(checkLines(batches, settings));
    history.draws.push(size * batches.length);
    history.shares.push(checked.lines.map(({ share }) => share.value));
    yield {
      ...checked,
      batches: batches.length,
      history: { draws: [...history.draws], shares: [...history.shares] },
    };
    // What the page draws of it should not be added to the next slice.
    await rest();
    since = performance.now();
  }
}

/** As many digits as are read: the rest would only make recordings longer. */
function rounded({ quantities, lines }: CheckedDerivation): CheckedDerivation {
  const round = ({ value, error }: Estimate): Estimate => ({
    value: significant(value, DIGITS),
    error: significant(error, 3),
  });
  return {
    quantities: Object.fromEntries(
      Object.entries(quantities).map(([name, estimate]) => [name, round(estimate)]),
    ),
    lines: lines.map(({ left, right, difference, share, verdict }) => ({
      left: round(left),
      right: round(right),
      difference: round(difference),
      share: round(share),
      verdict,
    })),
  };
}
