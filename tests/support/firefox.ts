import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Frame } from 'puppeteer-core';

const systemFirefoxes = [
  '/usr/bin/firefox',
  '/usr/bin/firefox-esr',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Why the tests that need a Firefox are skipped where none is found. */
export const noFirefox = 'No Firefox here: install one, or name it in FIREFOX_PATH.';

/**
 * Path of a Firefox to test with: `FIREFOX_PATH`, else the system's; null where there is none.
 * Throws a sentence where `FIREFOX_PATH` names no file.
 */
export function findFirefox(): string | null {
  const named = process.env['FIREFOX_PATH'];
  if (named && !existsSync(named))
    throw new Error(`FIREFOX_PATH names ${named}, but there is no such file.`);
  return named || (systemFirefoxes.find((path) => existsSync(path)) ?? null);
}

/**
 * Starts a plain Firefox by WebDriver BiDi (Playwright drives only one that it has patched), quiet and
 * off the network, with cookies and storage of every kind refused where asked, and with further preferences.
 */
export function launchFirefox(
  executablePath: string,
  refuseStorage = false,
  preferences: Record<string, unknown> = {},
): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    timeout: 180_000,
    protocolTimeout: 300_000,
    extraPrefsFirefox: {
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'app.normandy.enabled': false,
      'browser.safebrowsing.malware.enabled': false,
      'browser.safebrowsing.phishing.enabled': false,
      'webgl.force-enabled': true,
      ...(refuseStorage ? { 'network.cookie.cookieBehavior': 2 } : {}),
      ...preferences,
    },
  });
}

/**
 * Waits in a frame until something holds there, and resolves with it; throws after so many milliseconds.
 * Puppeteer's own `waitForFunction` builds a function from text, which newer Firefoxes forbid where the
 * frame's policy does.
 */
export async function waitIn<T>(frame: Frame, holds: () => T, within = 30_000): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const found = await frame.evaluate(holds);
    if (found) return found as T;
    if (Date.now() > end) throw new Error(`After ${within} ms it does not hold: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
