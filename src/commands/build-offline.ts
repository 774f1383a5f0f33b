/**
 * The service worker as <out>/offline-worker.js, and <out>/offline.json, which says how much it keeps.
 * `npm run build` calls it last, since it lists all that was built.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { outDir } from './build-site.ts';

/** What only machines read. */
const SKIPPED =
  /(^|\/)(offline[^/]*|sitemap[^/]*|robots\.txt|llms\.txt|changes\.xml|.*\.md|.*\.map|\..*)$/;

const out = outDir();
const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(out.length).replaceAll('\\', '/'))
  .map((path) => path.replace(/^\//, ''))
  .filter((path) => !SKIPPED.test(path))
  .sort();

let bytes = 0;
const entries = files.map((url) => {
  const content = readFileSync(join(out, url));
  bytes += content.length;
  return { url, revision: createHash('sha256').update(content).digest('hex').slice(0, 16) };
});

await build({
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  define: {
    'process.env.NODE_ENV': '"production"',
    KEPT_FILES: JSON.stringify(entries),
  },
  build: {
    outDir: out,
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: 'src/site/offline/worker.ts',
      formats: ['iife'],
      name: 'offlineWorker',
      fileName: () => 'offline-worker.js',
    },
  },
});
writeFileSync(join(out, 'offline.json'), JSON.stringify({ files: entries.length, bytes }));
