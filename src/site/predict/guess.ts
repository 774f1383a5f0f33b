import { parse } from '../../engine/json';
import { CurvePad, shareLeft } from './curve';
import { judgeCurve, rightChoices, type Values } from './judge';
import { isVeiling, keep, keptGuess, type Guess } from './kept';
import type { Question } from './read';
import { Score } from './score';
import { veil } from './veil';
import { bringWord } from './word';

/** What a widget of the page tells of a run that has ended. */
export interface RunEnded {
  /** The canonical parameter string of its setting. */
  key: string;
  values: () => Values;
}

/** A question of the page: takes a guess, lifts the veil, and says after the run what came of it. */
class Asked {
  readonly #section: HTMLElement;
  readonly #question: Question;
  readonly #figure: HTMLElement | null;
  readonly #score: Score;
  readonly #button: HTMLButtonElement;
  readonly #verdict: HTMLElement;
  #pad: CurvePad | null = null;
  /** Undefined until there is one. */
  #guess: Guess | undefined;
  #lift: (() => void) | null = null;

  constructor(section: HTMLElement, question: Question, score: Score) {
    this.#section = section;
    this.#question = question;
    this.#score = score;
    this.#button = section.querySelector('.commit > button')!;
    this.#verdict = section.querySelector('.verdict')!;
    this.#figure = figureOf(section, question);
    const { curve, recorded } = question;
    const box = section.querySelector<HTMLElement>('.curve');
    if (curve && box) {
      const came = recorded[curve.value] as number[];
      const given = { points: came.length, given: came[curve.given]! };
      this.#pad = new CurvePad(box, curve, given, (ready) => this.#ready(ready));
    }
    // A curve tells for itself whether it is one; its sliders change as well.
    if (!this.#pad) section.addEventListener('change', () => this.#ready(this.#chosen() !== null));
    this.#button.addEventListener('click', () => this.#commit());
    const before = keptGuess(section.id);
    if (before !== undefined && this.#restore(before)) return;
    if (this.#figure && isVeiling() && !isAskedFor())
      this.#lift = veil(this.#figure, `${section.id}-title`, () => this.#show());
    this.#figure?.addEventListener('gradient-lab-run-ended', (event) => {
      const { key, values } = (event as CustomEvent<RunEnded>).detail;
      // Another setting answers another question; and what medians decide, one run does not.
      if (this.#guess === undefined || key !== this.#question.key || this.#question.median) return;
      this.#judge(values(), 'your run');
    });
  }

  #ready(ready: boolean): void {
    if (this.#guess === undefined) this.#button.disabled = !ready;
  }

  /** The place of the choice made; null before. */
  #chosen(): number | null {
    const chosen = this.#section.querySelector<HTMLInputElement>('fieldset :checked');
    return chosen && Number(chosen.value);
  }

  /** A guess that was kept, where the question still has it. */
  #restore(guess: Guess): boolean {
    if (typeof guess === 'string') {
      const place = this.#question.choices.findIndex(({ says }) => says === guess);
      const radio = this.#section.querySelectorAll<HTMLInputElement>('fieldset input')[place];
      if (!radio) return false;
      radio.checked = true;
    } else if (guess !== null) {
      if (!this.#pad || guess.length !== this.#pad.values.length) return false;
      this.#pad.take(guess);
    }
    this.#settle(guess);
    this.#judge(this.#question.recorded, 'the recorded run');
    return true;
  }

  #settle(guess: Guess): void {
    this.#guess = guess;
    this.#button.hidden = true;
    for (const radio of this.#section.querySelectorAll<HTMLInputElement>('fieldset input'))
      radio.disabled = true;
    this.#lift?.();
    this.#lift = null;
  }

  #commit(): void {
    const place = this.#chosen();
    const guess = this.#pad
      ? this.#pad.values
      : place === null
        ? null
        : this.#question.choices[place]!.says;
    if (guess === null) return;
    this.#settle(guess);
    keep(this.#section.id, guess);
    this.#score.note(this.#section.id, guess, null);
    if (this.#question.trains && this.#figure && !this.#question.median) {
      this.#say(
        'Noted. It is training below; when it ends, you will read here what came of it.',
        true,
      );
      this.#figure.querySelector<HTMLButtonElement>('[data-widget] button.primary')?.click();
      // A run out of sight would wait.
      this.#figure.scrollIntoView({ block: 'nearest' });
    } else this.#judge(this.#question.recorded, 'the recorded run');
    this.#verdict.focus({ preventScroll: true });
  }

  /** The reader would rather see it. */
  #show(): void {
    this.#settle(null);
    keep(this.#section.id, null);
    this.#judge(this.#question.recorded, 'the recorded run');
    this.#figure?.querySelector<HTMLElement>('button, select, input')?.focus();
  }

  /** Says what was guessed, what came, and whether that is the same; and unfolds why. */
  #judge(values: Values, by: string): void {
    const { choices, curve, judged, median } = this.#question;
    const guess = this.#guess ?? null;
    const whose = median ? 'the recorded runs' : by;
    let right: boolean | null = null;
    if (curve) {
      const came = values[curve.value] as readonly number[];
      this.#pad?.close(came);
      const fell = (one: readonly number[]) => shareLeft(one, curve.given);
      const [first, last] = [1, curve.given + 1].map((n) => `${curve.x.toLowerCase()} ${n}`);
      if (guess === null || typeof guess === 'string')
        this.#say(`In ${whose} ${first} has ${fell(came)} of what ${last} has.`);
      else {
        const verdict = judgeCurve(guess, came, curve.within, curve.given);
        right = verdict.right;
        this.#say(
          `${word(right)} ${verdict.near} of ${verdict.of} points lie within a factor of ${curve.within}. ` +
            `In your curve ${first} has ${fell(guess)} of what ${last} has, in ${whose} ${fell(came)}.`,
        );
      }
    } else {
      const [place] = judged ? rightChoices(choices, values) : [];
      const came = place === undefined ? null : choices[place]!.says;
      if (came === null) this.#say(`You guessed “${String(guess)}”. Compare it with the answer.`);
      else if (guess === null) this.#say(`What came, in ${whose}: “${came}”.`);
      else {
        right = came === guess;
        this.#say(
          right
            ? `${word(true)} You guessed “${came}”, and so it came in ${whose}.`
            : `${word(false)} You guessed “${String(guess)}”. In ${whose} it came otherwise: “${came}”.`,
        );
      }
    }
    const answer = this.#section.querySelector('details');
    if (answer) answer.open = true;
    if (by === 'your run') bringWord(this.#verdict);
    this.#score.note(this.#section.id, guess, right);
  }

  /** While a run is awaited, the recorded one can be asked instead. */
  #say(sentence: string, waiting = false): void {
    this.#verdict.textContent = sentence;
    if (!waiting) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Compare with the recorded run';
    button.addEventListener('click', () => {
      this.#judge(this.#question.recorded, 'the recorded run');
      this.#verdict.focus({ preventScroll: true });
    });
    this.#verdict.append(' ', button);
  }
}

const word = (right: boolean): string => (right ? 'Right.' : 'Not so.');

/** Whether an address asks for a figure or a setting of the page: who passed it on has something to show. */
const isAskedFor = (): boolean => location.search !== '';

/** The figure that a question is about: the first of its setting that follows. */
function figureOf(section: HTMLElement, { of, key }: Question): HTMLElement | null {
  if (of === null) return null;
  const all = document.querySelectorAll<HTMLElement>(`[data-widget-host="${of}"]`);
  const following = [...all].filter(
    (one) => section.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return following.find(({ dataset }) => dataset['setting'] === key) ?? null;
}

const sections = [...document.querySelectorAll<HTMLElement>('.prediction')];
const asked = sections.flatMap((section) => {
  const data = section.querySelector('script[type="application/json"]');
  return data ? [{ section, question: parse(data.textContent!) as Question }] : [];
});
const score = new Score(asked.map(({ section }) => section.id));
for (const { section, question } of asked) new Asked(section, question, score);
