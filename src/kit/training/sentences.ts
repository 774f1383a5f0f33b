import type { Say } from '../say';
import type { RanLane } from './run';
import { trainingIn } from '../words/networks';

/** What is known of a network for a sentence. */
interface Told {
  lane: RanLane;
  /** Whether the run ended by itself. */
  ended: boolean;
  /** "training loss 0.31" at its end, "batch loss 0.4" before. */
  loss: string;
  /** All of it: "training loss 0.31, test accuracy 91 %", "batch loss 0.4 at step 30", "diverged at step 7". */
  state: string;
}

/** How a sentence differs from the usual one. */
interface Wish {
  /** Which accuracy it gives at the end; default the test part's. */
  accuracy?: 'trainAccuracy' | 'testAccuracy';
  /** Also of a run that diverged; default not. */
  always?: boolean;
  /** The sentence after the label; default the state. */
  tell?: (told: Told) => string;
}

/** What became of a network, as a sentence that begins with its label. */
export function outcome(
  lane: RanLane,
  say: Say,
  { accuracy = 'testAccuracy', always = false, tell = ({ state }) => state }: Wish = {},
): string {
  const words = trainingIn(say.words);
  const { result, label } = lane;
  const { final, firstNonFinite } = result;
  const step = say.count(firstNonFinite?.step ?? result.steps.at(-1) ?? 0);
  if (firstNonFinite !== null && !always) return words.outcome(label, words.diverged(step));
  const share = final?.[accuracy];
  const loss = final
    ? words.trainingLoss(say.number(final.trainLoss))
    : words.batchLoss(say.number(result.loss.at(-1) ?? NaN));
  const state =
    firstNonFinite !== null
      ? words.diverged(step)
      : final === null
        ? words.stateAt(loss, step)
        : share == null
          ? loss
          : words.and(loss, words[accuracy](say.percent(share)));
  return words.outcome(label, tell({ lane, ended: final !== null, loss, state }));
}
