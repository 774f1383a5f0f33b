/**
 * `npm run new:widget -- my-widget [--title "My widget"] [--chapter slug]`: writes a widget that trains a
 * network, records its runs, and passes the tests as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { chapters, fill, fromRoot } from './scaffold.ts';
import { orSay } from './or-say.ts';

const FILES = ['params.ts', 'lanes.ts', 'widget.ts'];

await orSay(async () => {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { title: { type: 'string' }, chapter: { type: 'string' } },
  });
  const [id, ...surplus] = positionals;
  if (!id || surplus.length > 0)
    throw new Error('Give one id: npm run new:widget -- gradient-clipping');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new Error(`The id "${id}" must be lower-case words with hyphens, such as phase-diagram.`);
  const folder = `src/widgets/${id}`;
  if (existsSync(fromRoot(folder))) throw new Error(`${folder} is there already.`);
  const published = chapters().filter(({ draft }) => !draft);
  const chapter = options.chapter ?? published.at(-1)?.slug ?? '';
  if (!published.some(({ slug }) => slug === chapter))
    throw new Error(
      `--chapter "${chapter}" names no published chapter; they are ${published.map(({ slug }) => slug).join(', ')}.`,
    );

  const words = id.replaceAll('-', ' ');
  const title = options.title ?? `${words[0]?.toUpperCase()}${words.slice(1)}`;
  mkdirSync(fromRoot(folder), { recursive: true });
  for (const name of FILES) {
    const template = readFileSync(new URL(`templates/${name}.txt`, import.meta.url), 'utf8');
    const path = fromRoot(`${folder}/${name}`);
    const code = fill(template, { id, title: JSON.stringify(title), chapter });
    writeFileSync(path, await format(code, { ...(await resolveConfig(path)), filepath: path }));
  }
  console.log(`Wrote ${folder}. Recording its runs:`);
  const { status } = spawnSync(process.execPath, ['src/commands/run.ts', 'record', id], {
    cwd: fromRoot(''),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`The runs could not be recorded: npm run record -- ${id}`);
  console.log(
    `npm run dev shows it at /widgets/${id}/, and <Widget id="${id}" /> places it in a chapter.\n` +
      `After each change of its experiment: npm run record -- ${id}`,
  );
});
