import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ADDED, newcomer, runIn } from '../support/newcomer';

let folder: string;
let dev: ChildProcess | undefined;
beforeAll(() => {
  folder = newcomer();
});
afterAll(() => {
  dev?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const record = (...args: string[]) => runIn(folder, 'src/commands/run.ts', 'record', ...args);

describe('npm run record', () => {
  test('-- --missing says that nothing is missing, where nothing is', () => {
    expect(record('--missing', ADDED.widget, 'backprop-chain')).toContain('Nothing is missing');
  });

  test('-- --check runs a widget again, and -- --check --all all of it', () => {
    expect(record('--check', ADDED.widget)).toContain(`${ADDED.widget} (defaults): as recorded`);
    expect(record('--check', '--all', 'backprop-chain')).toMatch(/as recorded[\s\S]*\d settings/);
  });

  test('-- --check fails at an edited recording and names the place; -- --missing leaves it', () => {
    const file = join(folder, 'src/widgets/backprop-chain/recordings.json');
    const before = readFileSync(file, 'utf8');
    const edited = before.replace(/"biasFirstToLast":\[[^\]]+\]/, '"biasFirstToLast":[0.5]');
    expect(edited).not.toBe(before);
    writeFileSync(file, edited);
    expect(() => record('--check', '--all', 'backprop-chain')).toThrow(
      /differs in biasFirstToLast[\s\S]*Not what is recorded: backprop-chain/,
    );
    record('--missing', 'backprop-chain');
    expect(readFileSync(file, 'utf8')).toBe(edited);
    writeFileSync(file, before);
  });
});

describe('npm run experiment', () => {
  test('prints the same from what is kept as from the sources', () => {
    const args = [ADDED.widget, '--set', 'steps=10', '--backend', 'captured', '--json'];
    const run = () => runIn(folder, 'src/commands/run.ts', 'experiment', ...args);
    const made = run();
    const kept = run();
    vi.stubEnv('DEBUG', '1');
    try {
      expect([made, kept]).toEqual(Array(2).fill(run()));
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('npm run dev', () => {
  test('shows a draft', async () => {
    const port = await freePort();
    const [command, ...args] = manifest.scripts.dev.split(' ');
    dev = spawn(
      process.execPath,
      [join('node_modules', '.bin', command!), ...args, '--port', String(port)],
      { cwd: folder, stdio: 'ignore', env: { ...ownEnvironment(), ASTRO_TELEMETRY_DISABLED: '1' } },
    );
    expect(await answered(`http://localhost:${port}/${ADDED.draft}/`)).toMatch(
      /<title>A draft \| [^<]+<\/title>/,
    );
  });
});

/** The environment without what the test runner tells its own code. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const told = /^(VITE|TEST$|NODE_ENV$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !told.test(name)));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The page at an address, as soon as a server that is starting gives it. */
async function answered(address: string): Promise<string> {
  for (;;) {
    try {
      const response = await fetch(address);
      if (response.ok) return await response.text();
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
