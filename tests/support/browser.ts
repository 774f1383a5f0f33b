import { existsSync } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Flags for every Chromium of the tests. The first group keeps it off the network and quiet; the
 * second draws WebGL in software, so that a machine without a GPU runs the same tests; pages are put
 * together without it, which is several times faster than emulating a GPU for that as well.
 */
export const browserFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
];

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

let found: Promise<string> | undefined;

/**
 * Path of a Chromium to test with: `CHROME_PATH`, else a system Chromium or Chrome, else the one
 * that the package @sparticuz/chromium carries. `TEST_BROWSER=package` skips the system's.
 * Throws a sentence where there is none.
 */
export function findBrowser(): Promise<string> {
  found ??= locate();
  return found;
}

async function locate(): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, but there is no such file.`);
  }
  if (process.env['TEST_BROWSER'] !== 'package') {
    const system = systemBrowsers.find((path) => existsSync(path));
    if (system) return system;
  }
  return packagedBrowser();
}

/**
 * Unpacks the packaged Chromium into a folder of its version. The folder appears by one rename, so
 * that two test processes never see half a browser, and the libraries that a bare machine lacks are
 * named in a starter script, so that they reach the browser and no other program.
 */
async function packagedBrowser(): Promise<string> {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@sparticuz/chromium').replace(/build[\\/].*$/, 'package.json');
  const { version } = require(manifest) as { version: string };
  const folder = join(tmpdir(), `chromium-for-tests-${version}-${process.getuid?.() ?? 'user'}`);
  const starter = join(folder, 'chrome');
  if (existsSync(starter)) return starter;

  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
    throw new Error('No Chromium found: install Chrome or Chromium, or set CHROME_PATH.');

  const unpacking = await mkdtemp(`${folder}-`);
  const before = { ...process.env };
  process.env['TMPDIR'] = unpacking;
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
  await access(join(unpacking, 'chromium'));
  await mkdir(join(unpacking, 'cache'));
  await writeFile(
    join(unpacking, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`,
  );
  await writeFile(
    join(unpacking, 'chrome'),
    `#!/bin/sh
export LD_LIBRARY_PATH="${folder}/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_PATH="${folder}/fonts"
exec "${folder}/chromium" "$@"
`,
  );
  await chmod(join(unpacking, 'chrome'), 0o755);
  try {
    await rename(unpacking, folder);
  } catch (error) {
    await rm(unpacking, { recursive: true, force: true });
    if (!existsSync(starter)) throw error;
  }
  return starter;
}
