import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.ts';
import { CROWD, crowd } from './crowd.ts';
import type * as WidgetFacts from './widgetFacts.ts';
import { ADDED, newcomer } from './newcomer.ts';
import { throughVite } from './throughVite.ts';
import type { SiteFacts } from './site.ts';

/** Where the second build is served. */
export const subPath = '/sub/path/';

/** What the tests of the site need to know before it is served. */
export type Prepared = Pick<SiteFacts, 'dir' | 'subDir' | 'added' | 'widgets'>;

const fileIn = (folder: string): string => join(folder, 'prepared.json');

/**
 * Builds the site twice into a folder, at the root and under a sub-path, and reads the registry. The second
 * build holds a chapter and a widget more, as the commands for contributors generate them, and a crowd of
 * further widgets. `SITE_DIR` and `SUB_SITE_DIR` name builds to use instead.
 */
export async function prepareSite(folder: string): Promise<Prepared> {
  const given = process.env['SUB_SITE_DIR'];
  // At once: each build keeps about one core busy, and waits now and then.
  const [dir, subDir, widgets] = await Promise.all([
    process.env['SITE_DIR'] || build(join(folder, 'root'), '/'),
    given || buildNewcomer(join(folder, 'sub')),
    throughVite('tests/support/widgetFacts.ts', ({ widgetFacts }: typeof WidgetFacts) =>
      widgetFacts(),
    ),
  ]);
  const added = given && !holdsCrowd(given) ? null : { ...ADDED, crowd: CROWD };
  return { dir, subDir, added, widgets };
}

/** Prepares the site in a folder and notes there what the tests need to know, for `preparedIn`. */
export async function prepareIn(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), JSON.stringify(await prepareSite(folder)));
}

/** What was prepared in a folder. */
export const preparedIn = async (folder: string): Promise<Prepared> =>
  JSON.parse(await readFile(fileIn(folder), 'utf8')) as Prepared;

/** Whether a build holds what is added to the second one. */
const holdsCrowd = (dir: string): boolean => existsSync(join(dir, 'widgets', CROWD.at(-1)!));

/** Builds the site with what a newcomer and a crowd add to it, under the sub-path. */
async function buildNewcomer(dir: string): Promise<string> {
  const folder = newcomer();
  try {
    crowd(folder);
    return await build(dir, subPath, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
