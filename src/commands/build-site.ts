import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

/** Builds the pages, then the scripts of the embeds; resolves with the first failing exit code. */
export async function buildSite(): Promise<number> {
  const steps = [['node_modules/astro/bin/astro.mjs', 'build'], ['src/commands/build-embed.ts']];
  for (const step of steps) {
    if (!existsSync(`${root}${step[0]}`)) continue;
    const code = await run(step);
    if (code !== 0) return code;
  }
  return 0;
}
