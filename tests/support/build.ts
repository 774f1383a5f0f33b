import { spawn } from 'node:child_process';
import { root } from '../config/root.ts';

/** Builds as `npm run build` does and resolves with the folder. */
export function build(dir: string, base: string, from = root): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(process.execPath, ['src/commands/build.ts'], {
      cwd: from,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, OUT_DIR: dir, BASE_PATH: base, SITE_URL: 'http://localhost' },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(dir);
      else reject(new Error(`The site did not build (BASE_PATH=${base}):\n${output}`));
    });
  });
}
