import { describe, expect, test } from 'vitest';
import { rulesInUse, wordsIn } from '../../../src/site/build/rules-in-use';

const words = wordsIn([
  '<p class="seen print:hidden">text</p>',
  '<script>open("dialog", "made-later")</script>',
  '<i style="color: var(--of-a-page)"></i>',
]);
const kept = async (rule: string): Promise<boolean> => (await rulesInUse(rule, words)) !== '';

describe('of a sheet a build keeps', () => {
  test.each([
    '.seen{color:red}',
    '.made-later{color:red}',
    '.print\\:hidden{display:none}',
    'blockquote{margin:0}',
    '[data-theme=dark]{color:white}',
    ':root[data-theme=light] .seen:focus-visible{color:black}',
    ':not(:lang(zh), .unseen) .seen{color:black}',
    '@media print{.seen{color:black}}',
    '@font-face{font-family:Serif;src:url(a.woff2)}',
  ])('%s', async (rule) => {
    expect(await kept(rule)).toBe(true);
  });

  test.each(['.unseen{color:red}', 'p.unseen{color:red}', '.seen .unseen{color:red}'])(
    'not %s',
    async (rule) => {
      expect(await kept(rule)).toBe(false);
    },
  );

  test('of several selectors those that may match', async () => {
    expect(await rulesInUse('.unseen, .seen{color:red}', words)).toBe(' .seen{color:red}');
  });

  test('of custom properties those that are read by itself, by another one or by a page', async () => {
    const all =
      ':root{--read:1;--by-another:2;--of-a-page:3;--chained:4;--chain:var(--chained);--unread:5}';
    expect(
      await rulesInUse(`${all}p{margin:var(--read)}`, words, ['q{margin:var(--by-another)}']),
    ).toBe(':root{--read:1;--by-another:2;--of-a-page:3}p{margin:var(--read)}');
    expect(await rulesInUse(`${all}p{margin:var(--chain)}`, words)).toBe(
      ':root{--of-a-page:3;--chained:4;--chain:var(--chained)}p{margin:var(--chain)}',
    );
  });
});
