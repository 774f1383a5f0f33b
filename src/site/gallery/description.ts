const LONGEST = 160;

/** A widget's page in one line for search engines: its summary, cut at a word if it is too long. */
export function pageDescription(summary: string): string {
  const whole = `A live figure of Gradient Lab. ${summary}`;
  if (whole.length <= LONGEST) return whole;
  const cut = whole.slice(0, LONGEST - 1);
  return `${cut.slice(0, cut.lastIndexOf(' '))}…`;
}
