import { significant } from '../../kit/format';
import { checkLines, type CheckedDerivation, type Estimate } from './lines';
import type { VarianceValues } from './params';
import { BATCHES, type VarianceResult } from './result';
import { emptySums, UnitSampler, type BatchSums } from './sampling';

/** Work between two rests, so that the page can answer. */
const SLICE = 12;
/** Products between two looks at the clock. */
const STRIDE = 20_000;
const DIGITS = 5;

const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/**
 * Draws units in batches and yields the check of every line after each. Asks the engine for nothing:
 * it is arithmetic in double precision, in slices of a few milliseconds.
 */
export default async function* experiment(values: VarianceValues): AsyncGenerator<VarianceResult> {
  const sampler = new UnitSampler(values);
  const size = Math.max(2, Math.round(values.draws / BATCHES));
  const stride = Math.max(1, Math.floor(STRIDE / values.fanIn));
  const batches: BatchSums[] = [];
  const history: VarianceResult['history'] = { draws: [], ratios: [] };
  let since = performance.now();
  while (batches.length < BATCHES) {
    const sums = emptySums();
    if (values.keepWeights) sampler.drawWeights();
    while (sums.draws < size) {
      sampler.add(sums, Math.min(stride, size - sums.draws));
      if (performance.now() - since < SLICE) continue;
      await rest();
      since = performance.now();
    }
    batches.push(sums);
    if (batches.length < 2) continue;
    const checked = rounded(checkLines(batches, values));
    history.draws.push(size * batches.length);
    history.ratios.push(
      checked.lines.map(({ left, right }) => significant(right.value / left.value, DIGITS)),
    );
    yield {
      ...checked,
      batches: batches.length,
      history: { draws: [...history.draws], ratios: [...history.ratios] },
    };
    // What the page draws of it should not be added to the next slice.
    await rest();
    since = performance.now();
  }
}

/** As many digits as are read: the rest would only make recordings longer. */
function rounded({ sides, meanY, lines }: CheckedDerivation): CheckedDerivation {
  const round = ({ value, error }: Estimate): Estimate => ({
    value: significant(value, DIGITS),
    error: significant(error, 3),
  });
  return {
    sides: Object.fromEntries(
      Object.entries(sides).map(([side, estimate]) => [side, round(estimate)]),
    ) as CheckedDerivation['sides'],
    meanY: round(meanY),
    lines: lines.map(({ left, right, difference, verdict }) => ({
      left: round(left),
      right: round(right),
      difference: round(difference),
      verdict,
    })),
  };
}
