import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cutOffFiles } from './search-index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The folder that the build writes: OUT_DIR, by default dist. */
export const outDir = (): string => process.env['OUT_DIR'] || `${root}dist`;

/** The path under which the site will stand: BASE_PATH, by default the root. */
export const basePath = (): string => process.env['BASE_PATH'] || '/';

const run = (args: string[]) =>
  new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });

/** Builds the pages with their search index, the embeds, the offline worker; the first failing exit code. */
export async function buildSite(): Promise<number> {
  const steps: (() => Promise<number>)[] = [
    () => run(['node_modules/astro/bin/astro.mjs', 'build']),
    mendSearchIndex,
    () => (existsSync(`${root}${embeds}`) ? run([embeds]) : Promise.resolve(0)),
    () => run(['src/commands/build-offline.ts']),
  ];
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

const embeds = 'src/commands/build-embed.ts';

/** Writes the search index again where it was cut off. */
async function mendSearchIndex(): Promise<number> {
  const cutOff = cutOffFiles(outDir());
  if (cutOff.length === 0) return 0;
  console.log(`The search index is incomplete (${cutOff[0]} is empty): writing it again.`);
  return run(['node_modules/pagefind/lib/runner/bin.cjs', '--site', outDir()]);
}
