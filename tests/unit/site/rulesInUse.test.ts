import { describe, expect, test } from 'vitest';
import { rulesInUse, wordsIn } from '../../../src/site/build/rules-in-use';

const words = wordsIn([
  '<p class="seen print:hidden">text</p>',
  '<script>open("dialog", "made-later")</script>',
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
});
