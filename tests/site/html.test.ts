import { readdirSync } from 'node:fs';
import { test } from '@playwright/test';
import { HtmlValidate, type ConfigData } from 'html-validate/node';
import { mathProblems } from '../support/mathml.ts';
import { expect, htmlOf, site } from '../support/site.ts';

/** The standard rules, less those that do not fit a site of one origin or Starlight's own markup. */
const rules: ConfigData = {
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Integrity hashes guard files of other hosts; there are none.
    'require-sri': 'off',
    // Outside a form a button's type has no effect.
    'no-implicit-button-type': 'off',
    // role="list" gives unmarked lists back to readers in Safari, which hides them otherwise.
    'no-redundant-role': 'off',
    // A list may have a name.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'prefer-native-element': ['error', { exclude: ['list'] }],
  },
};

/** Code and formulas that a translator would turn into words of another language. */
const translated = (html: string): string[] => {
  const formulas =
    html.match(/(?<!class="katex-mathml">)<math(?![^>]*\btranslate="no")[^>]*>/g) ?? [];
  const others =
    html.match(
      /(?<!translate="no">)<(code|samp|span class="katex(-display)?")(?![^>]*\btranslate="no")[^>]*>[^<]*/g,
    ) ?? [];
  return [...formulas, ...others];
};

const files = readdirSync(site.dir, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.html'))
  .sort();

const PARTS = '<span class="katex-html" aria-hidden="true">';

/** Empties the copies of formulas for the eye: KaTeX writes thousands of parts, each of which rules walk through. */
function withoutParts(html: string): string {
  const [start = '', ...pieces] = html.split(PARTS);
  const rest = (piece: string): string => {
    let open = 1;
    for (const { 0: tag, index } of piece.matchAll(/<\/?span\b/g)) {
      open += tag === '<span' ? 1 : -1;
      if (open === 0) return piece.slice(index);
    }
    throw new Error(`A formula does not end: ${piece.slice(0, 80)}`);
  };
  return [start, ...pieces.map(rest)].join(PARTS);
}

/** The smallest page with formulas; its parts are asked too. */
const whole = files
  .filter((name) => htmlOf(name).includes(PARTS))
  .reduce((a, b) => (htmlOf(a).length < htmlOf(b).length ? a : b));

/** One for all files: it reads its rules once. */
const validator = new HtmlValidate(rules);

for (const name of files)
  test(`${name} is valid HTML`, async () => {
    // Astro puts this style before the first island, wherever that is.
    const html = htmlOf(name).replace(/<style>astro-island,[^<]*<\/style>/, '');
    const report = await validator.validateString(name === whole ? html : withoutParts(html), name);
    const messages = report.results.flatMap((result) =>
      result.messages.map(
        ({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`,
      ),
    );
    expect(messages).toEqual([]);
    expect(mathProblems(html)).toEqual([]);
    expect(translated(html)).toEqual([]);
  });
