import { isKeeping, isVeiling, setKeeping, setVeiling, type Guess } from './kept';

/** The reader's own score at the end of a page: how many guesses came true. Nobody else sees it. */
export class Score {
  readonly #ids: readonly string[];
  readonly #guesses = new Map<string, Guess>();
  readonly #right = new Map<string, boolean | null>();
  readonly #line: HTMLElement | null = null;

  /** @param ids the questions of the page. */
  constructor(ids: readonly string[]) {
    this.#ids = ids;
    const box = document.querySelector<HTMLElement>('.guesses');
    if (!box || ids.length === 0) return;
    this.#line = box.querySelector('p');
    const [keeping, veiling] = box.querySelectorAll('input');
    if (keeping) {
      keeping.checked = isKeeping();
      keeping.addEventListener('change', () => setKeeping(keeping.checked, this.#guesses));
    }
    if (veiling) {
      veiling.checked = isVeiling();
      veiling.addEventListener('change', () => setVeiling(veiling.checked));
    }
    this.#tell();
  }

  /** Notes a guess; `right` is null where it is not judged, or not yet. */
  note(id: string, guess: Guess, right: boolean | null): void {
    this.#guesses.set(id, guess);
    this.#right.set(id, right);
    this.#tell();
  }

  #tell(): void {
    if (!this.#line) return;
    const made = [...this.#guesses.values()].filter((guess) => guess !== null).length;
    const judged = [...this.#right.values()].filter((right) => right !== null);
    const right = judged.filter(Boolean).length;
    const open = this.#ids.length - this.#guesses.size;
    const many = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
    const still = open > 0 ? ` ${many(open, 'question')} still open.` : '';
    this.#line.textContent =
      made === 0
        ? `This chapter asks ${many(this.#ids.length, 'question')} before it shows the answer.${
            this.#guesses.size > 0 ? still : ''
          }`
        : `Right so far: ${right} of ${judged.length}.${still}`;
  }
}
