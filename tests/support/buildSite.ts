import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparedIn, prepareSite, subPath } from './prepareSite.ts';
import { serveFolder } from './server.ts';
import type { SiteFacts } from './site.ts';

/**
 * Before the site's tests: prepares the site (`prepareSite`), or takes what was prepared in the folder
 * GRADIENT_LAB_PREPARED, serves both builds and leaves what tests need to know in the variable
 * GRADIENT_LAB_SITE. Returns the clearing up.
 */
export default async function buildSite(): Promise<() => Promise<void>> {
  const scratch = await mkdtemp(join(tmpdir(), 'gradient-lab-site-'));
  const folder = process.env['GRADIENT_LAB_PREPARED'];
  const prepared = folder ? await preparedIn(folder) : await prepareSite(scratch);
  const { dir, subDir } = prepared;
  const servers = [await serveFolder(dir), await serveFolder(subDir, { base: subPath })];
  const facts: SiteFacts = {
    ...prepared,
    subPath,
    url: servers[0]!.url,
    subUrl: servers[1]!.url,
  };
  const file = join(scratch, 'facts.json');
  await writeFile(file, JSON.stringify(facts));
  process.env['GRADIENT_LAB_SITE'] = file;
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(scratch, { recursive: true, force: true });
  };
}
