import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { root } from '../config/root.ts';

/** Trains every widget on WebGL (`webgl.test.ts`). Throws where one does not end as it should. */
export async function trainOnWebgl(): Promise<void> {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const args = [cli, 'test', '--config', 'tests/config/playwright.webgl.ts', '--reporter=list'];
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  if (code !== 0) throw new Error('Not every widget trains on WebGL as it should.');
}
