/** Elements whose children have a role each: how many there must be. */
const COUNTS: Record<string, number> = {
  mfrac: 2,
  mroot: 2,
  msub: 2,
  msup: 2,
  msubsup: 3,
  munder: 2,
  mover: 2,
  munderover: 3,
  semantics: 2,
  math: 1,
};

const TOKENS = ['mi', 'mn', 'mo', 'mtext', 'ms', 'annotation'];
const EMPTY = ['mspace', 'mprescripts', 'none'];
const GROUPS = ['mrow', 'mstyle', 'msqrt', 'mpadded', 'mphantom', 'menclose', 'merror', 'mtd'];

/** The only elements that may stand in some. */
const INSIDE: Record<string, string> = { mtable: 'mtr', mtr: 'mtd' };

/** What is wrong with the MathML of a page: wrong counts of children, elements in tokens, unknown ones. */
export function mathProblems(html: string): string[] {
  return [...html.replace(/<!--.*?-->/gs, '').matchAll(/<math[\s>][\s\S]*?<\/math>/g)].flatMap(
    ([math]) => problemsOfFormula(math),
  );
}

const KNOWN = new Set([
  ...Object.keys(COUNTS),
  ...TOKENS,
  ...EMPTY,
  ...GROUPS,
  ...Object.keys(INSIDE),
]);

function problemsOfFormula(math: string): string[] {
  const tex = /<annotation[^>]*>([^<]*)/.exec(math)?.[1] ?? math;
  const problems: string[] = [];
  const report = (said: string) => problems.push(`${tex}: ${said}`);
  const open: { name: string; children: string[] }[] = [];
  const close = () => {
    const { name, children } = open.pop()!;
    const count = COUNTS[name];
    if (count !== undefined && children.length !== count)
      report(`<${name}> has ${children.length} children (${children.join(', ')}), not ${count}`);
  };
  const begin = (name: string) => {
    const parent = open.at(-1);
    parent?.children.push(name);
    const only = parent && INSIDE[parent.name];
    if (parent && (TOKENS.includes(parent.name) || (only && name !== only)))
      report(`<${parent.name}> holds <${name}>`);
    if (!KNOWN.has(name)) report(`<${name}> is no element of MathML`);
    open.push({ name, children: [] });
  };
  for (const [tag, name, text] of math.matchAll(/<\/?([a-z]+)[^>]*>|([^<]+)/g)) {
    const parent = open.at(-1);
    if (name === undefined) {
      if (text?.trim() && parent && !TOKENS.includes(parent.name))
        report(`<${parent.name}> holds the text ${text}`);
      continue;
    }
    if (!tag.startsWith('</')) begin(name);
    if (tag.startsWith('</') || tag.endsWith('/>')) close();
  }
  return problems;
}
