import { formatNumber, formatPercent } from '../../kit/format';
import { seedsARun } from '../../kit/recordedSeeds';
import { CONDITION, conditionInWords, conditionOf, holding } from './condition';
import { flagOf, textOf, type FactKind, type Given } from './given';
import { quantityInWords } from './names';
import { perRun, QUANTITY, quantityOf, seedsInWords } from './quantity';
import { capitalized } from '../../kit/capitalized';
import { shareInWords, total } from './words';

/**
 * How many runs of a recording meet a condition: `<Counted of="vanishing-depth" preset="ablationRelu"
 * value="activationAlone.finalLoss" above={2.303} />` says "three of ten runs". Without a condition it
 * says how many runs there are: "ten runs". `noun` is what the runs are called, `capital` begins a sentence.
 */
export const counted: FactKind = {
  own: [...QUANTITY, ...CONDITION, 'noun', 'percent', 'capital'],
  tell: (given) => {
    const { recording, asked, widget, settings } = given;
    const noun = textOf(asked, 'noun') ?? 'runs';
    const begin = flagOf(asked, 'capital') ? capitalized : (text: string) => text;
    const condition = conditionOf(asked);
    // A run may use up several seeds.
    const stride = noun === 'seeds' ? seedsARun(widget, settings) : 1;
    const runs = Math.max(1, recording.seeds.length) * stride;
    if (condition === undefined) {
      if (asked['value'] !== undefined)
        throw new Error('give above, below, is or finite: what is counted is missing.');
      return { text: begin(total(runs, noun || 'runs')), detail: '', value: runs };
    }
    const quantity = quantityOf(asked);
    const found = holding(recording, quantity, condition);
    const count = found.filter(Boolean).length;
    return {
      text: begin(shareInWords(count, found.length, noun)),
      value: count,
      detail:
        `${capitalized(quantityInWords(quantity, given))} ${conditionInWords(condition, given)}: ` +
        `${count} of ${seedsInWords(recording, found.length)}. ${runsInOrder(given)}`,
    };
  },
};

/** Every run's number, smallest first; what is not finite is counted at the end. */
function runsInOrder({ recording, asked, locale }: Given): string {
  const runs = perRun(recording, quantityOf(asked));
  const finite = runs.filter(Number.isFinite).sort((a, b) => a - b);
  const lost = runs.length - finite.length;
  const write = (value: number) =>
    flagOf(asked, 'percent') ? formatPercent(value, locale) : formatNumber(value, { locale });
  const told = finite.map(write).join('; ');
  if (lost === 0) return `The runs: ${told}.`;
  return finite.length === 0
    ? 'It is finite in none of them.'
    : `The runs: ${told}; not finite: ${lost}.`;
}
