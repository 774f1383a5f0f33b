/**
 * `npm run new:chapter -- "A title" [--part "The problem"] [--author "Your Name"]`: writes a draft of a
 * chapter that passes the tests as it is, after the last chapter of its part.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { authorName, chapters, fill, fromRoot, slugOf } from './scaffold.ts';
import { orSay } from './or-say.ts';

await orSay(() => {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { part: { type: 'string' }, author: { type: 'string' } },
  });
  const [title, ...surplus] = positionals;
  if (!title || surplus.length > 0)
    throw new Error('Give one title in quotes: npm run new:chapter -- "Residual connections"');
  const slug = slugOf(title);
  const file = `content/${slug}.mdx`;
  if (existsSync(fromRoot(file))) throw new Error(`${file} is there already.`);

  const book = chapters();
  const part = options.part ?? book.at(-1)?.part ?? 'The problem';
  const before = book.filter((chapter) => chapter.part === part).at(-1) ?? book.at(-1);
  const next = book[book.findIndex((chapter) => chapter === before) + 1];
  const last = before?.order ?? 0;
  const order = next && next.order <= last + 10 ? (last + next.order) / 2 : last + 10;
  writeFileSync(
    fromRoot(file),
    fill(readFileSync(new URL('templates/chapter.mdx.txt', import.meta.url), 'utf8'), {
      title: JSON.stringify(title),
      slug,
      part: JSON.stringify(part),
      order: String(order),
      prerequisite: before?.slug ?? 'The chain rule',
      author: JSON.stringify(options.author ?? authorName()),
    }),
  );
  console.log(
    `${file} is a draft: npm run dev shows it at /${slug}/, a build leaves it out.\n` +
      'Remove "draft: true" when it is ready. CONTRIBUTING.md says what a chapter needs.',
  );
});
