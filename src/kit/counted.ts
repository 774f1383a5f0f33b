/** A sentence, and how often it was said. */
export interface Counted {
  sentence: string;
  times: number;
}

/** Each sentence once, in the order in which they were first said. */
export function counted(sentences: readonly string[]): Counted[] {
  const times = new Map<string, number>();
  for (const sentence of sentences) times.set(sentence, (times.get(sentence) ?? 0) + 1);
  return Array.from(times, ([sentence, times]) => ({ sentence, times }));
}
