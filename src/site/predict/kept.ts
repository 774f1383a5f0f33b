/** What a reader guessed: the words of a choice, or a curve; null where they asked to be shown. */
export type Guess = string | readonly number[] | null;

const KEY = 'gradient-lab-guesses';

interface Kept {
  /** The guesses by page and question, once the reader lets the device keep them. */
  guesses?: Record<string, Guess>;
  /** Set where the reader wants every figure in sight at once. */
  unveiled?: true;
}

function read(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

function write(kept: Kept): void {
  try {
    if (Object.keys(kept).length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Where the browser keeps nothing, what was chosen holds for this page.
  }
}

const place = (id: string): string => `${location.pathname}#${id}`;

/** Whether the reader lets this device keep guesses. */
export const isKeeping = (): boolean => read().guesses !== undefined;

/** Whether figures are veiled until a guess is made. */
export const isVeiling = (): boolean => read().unveiled !== true;

/** The guess that was kept of a question; undefined where there is none. */
export const keptGuess = (id: string): Guess | undefined => read().guesses?.[place(id)];

/** Keeps a guess, if the reader allows it. */
export function keep(id: string, guess: Guess): void {
  const kept = read();
  if (kept.guesses) write({ ...kept, guesses: { ...kept.guesses, [place(id)]: guess } });
}

/** Lets the device keep guesses from now on, those of this page first; or forgets them all. */
export function setKeeping(keeping: boolean, guesses: ReadonlyMap<string, Guess>): void {
  const { guesses: _, ...rest } = read();
  if (!keeping) return write(rest);
  write({
    ...rest,
    guesses: Object.fromEntries([...guesses].map(([id, guess]) => [place(id), guess])),
  });
}

/** Whether figures are to be veiled until a guess is made, from the next page on. */
export function setVeiling(veiling: boolean): void {
  const { unveiled: _, ...rest } = read();
  write(veiling ? rest : { ...rest, unveiled: true });
}
