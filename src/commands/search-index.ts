import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Files of a built site's search index that hold nothing. Starlight stops Pagefind's process as soon
 * as it has answered, and on a busy machine a file may not have been written through by then; the
 * search would fail without a word.
 */
export function cutOffFiles(site: string): string[] {
  const folder = join(site, 'pagefind');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = statSync(join(folder, name));
    return file.isFile() && file.size === 0;
  });
}
