import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { normalBase, serveStatic, type Served } from '../../../src/commands/static-server.ts';

let folder: string;
const open: Served[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'a site '));
  await mkdir(join(folder, 'page'));
  await mkdir(join(folder, '_astro'));
  await writeFile(join(folder, 'index.html'), 'home');
  await writeFile(join(folder, 'page', 'index.html'), 'page');
  await writeFile(join(folder, '404.html'), 'not here');
  await writeFile(join(folder, '_astro', 'a.js'), 'export {}');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
afterAll(() => rm(folder, { recursive: true }));

const serve = async (options: Parameters<typeof serveStatic>[1]) => {
  const server = await serveStatic(folder, { port: 0, ...options });
  open.push(server);
  return server;
};

describe('the server of a built site', () => {
  test('serves pages, and the page for what is missing', async () => {
    const { url } = await serve({});
    expect(await (await fetch(url)).text()).toBe('home');
    expect(await (await fetch(`${url}page/`)).text()).toBe('page');
    const missing = await fetch(`${url}nosuch/`);
    expect([missing.status, await missing.text()]).toEqual([404, 'not here']);
  });

  test('serves under a base path alone', async () => {
    const { url } = await serve({ base: '/sub/path' });
    expect(url).toMatch(/\/sub\/path\/$/);
    expect(await (await fetch(`${url}page/`)).text()).toBe('page');
    const { origin } = new URL(url);
    expect((await fetch(`${origin}/page/`)).status).toBe(404);
    expect((await fetch(`${origin}/sub/path`)).url).toBe(url);
  });

  test('lets hashed files be kept and nothing else', async () => {
    const { url } = await serve({});
    const kept = await fetch(`${url}_astro/a.js`);
    expect(kept.headers.get('cache-control')).toContain('immutable');
    expect(kept.headers.get('content-type')).toContain('javascript');
    expect((await fetch(url)).headers.get('cache-control')).toBe('no-cache');
  });

  test('takes the next port where one is taken, and says so', async () => {
    const first = await serve({});
    const port = Number(new URL(first.url).port);
    const second = await serve({ port });
    expect(first.moved).toBe(false);
    expect(second.moved).toBe(true);
    expect(second.url).not.toBe(first.url);
  });

  test('does not leave its folder', async () => {
    const { url } = await serve({});
    expect((await fetch(`${url}%2e%2e/%2e%2e/etc/passwd`)).status).toBe(404);
  });

  test('says what to do where nothing is built', async () => {
    await expect(serveStatic(join(folder, 'page', 'nosuch'))).rejects.toThrow(/npm run build/);
  });
});

test('a base path has one slash at each end', () => {
  expect(['', '/', 'lab', '/lab', '/a/b/'].map(normalBase)).toEqual([
    '/',
    '/',
    '/lab/',
    '/lab/',
    '/a/b/',
  ]);
});
