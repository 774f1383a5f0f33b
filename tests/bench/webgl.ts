import { output, runCommand } from '../support/command.ts';

/** Trains every widget on WebGL (`webgl.test.ts`). Throws where one does not end as it should. */
export async function trainOnWebgl(): Promise<void> {
  const args = ['test', '--config', 'tests/config/playwright.webgl.ts', '--reporter=list'];
  const code = await runCommand('@playwright/test', 'playwright', args, output(false));
  if (code !== 0) throw new Error('Not every widget trains on WebGL as it should.');
}
