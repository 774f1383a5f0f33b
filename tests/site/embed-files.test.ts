import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import ts from 'typescript';
import { htmlOf, originOf, pagesWithWidgets, site } from '../support/site.ts';

const fileOf = (name: string, dir = site.dir) => join(dir, 'embed', name);
const textOf = (name: string, dir = site.dir) => readFileSync(fileOf(name, dir), 'utf8');
const brotli = (name: string) => brotliCompressSync(readFileSync(fileOf(name))).length;
const built = originOf(site.dir);

test('the element’s script weighs at most 3 KB with Brotli', () => {
  expect(brotli('v1.js')).toBeLessThanOrEqual(3000);
});

test('an embed loads the frame and its own widget, and no other widget', () => {
  const all = site.widgets.map(({ id }) => id);
  for (const { id } of site.widgets) {
    const scripts = [...textOf(`${id}/index.html`).matchAll(/<script src="([^"]+)"/g)].map(
      ([, src]) => src!.replace(/\?v=[0-9a-f]{8}$/, ''),
    );
    expect(scripts).toEqual(['/embed/fonts.js', `/embed/widgets/${id}.js`, '/embed/frame.js']);
    const own = textOf(`widgets/${id}.js`);
    expect(own).toContain(`id:\`${id}\``);
    const frame = textOf('frame.js');
    expect(all.filter((other) => frame.includes(`id:\`${other}\``))).toEqual([]);
    expect(all.filter((other) => other !== id && own.includes(`id:\`${other}\``))).toEqual([]);
  }
});

/** What a browser's XML parser finds in a picture. */
const inspect = (page: Page, svg: string) =>
  page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    const root = file.documentElement;
    const all = [...file.querySelectorAll('*')];
    const attributes = all.flatMap((element) => [...element.attributes]);
    return {
      fault: file.querySelector('parsererror')?.textContent ?? null,
      root: root.localName,
      title: root.querySelector(':scope > title')?.textContent ?? '',
      description: root.querySelector(':scope > desc')?.textContent ?? '',
      scripts: all.filter(({ localName }) => /^(script|foreignObject)$/.test(localName)).length,
      handlers: attributes.filter(({ name }) => name.startsWith('on')).length,
      outside: attributes
        .filter(({ name, value }) => /href$|^src$/.test(name) && !/^(#|data:)/.test(value))
        .map(({ value }) => value),
      text: root.textContent,
    };
  }, svg);

for (const { id, presets, draws } of site.widgets)
  test.describe(id, () => {
    test('its pictures are well-formed, named, described, credited and without a script', async ({
      page,
    }) => {
      for (const name of ['figure', ...presets.map((preset) => `figure-${preset}`)]) {
        const svg = textOf(`${id}/${name}.svg`);
        const facts = await inspect(page, svg);
        expect(facts, name).toMatchObject({
          fault: null,
          root: 'svg',
          scripts: 0,
          handlers: 0,
          outside: [],
        });
        expect(facts.title.length, name).toBeGreaterThan(5);
        expect(facts.description.length, name).toBeGreaterThan(20);
        expect(facts.text, name).toContain('CC BY 4.0');
        expect(facts.text.replace(/\s/g, ''), name).toContain(
          `${built.replace(/^https?:\/\//, '')}/widgets/${id}/`,
        );
        expect(svg, name).toContain('prefers-color-scheme:dark');
        expect(svg, `${name}: colours are filled in`).not.toContain('var(--');
        expect(svg, name).not.toMatch(/@import|url\((?!#)/);
      }
    });

    test('where a link to it is shared, its own chart stands beside it', () => {
      const png = readFileSync(fileOf(`${id}/figure.png`));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
      const address = `${built}/embed/${id}/figure.png`;
      for (const page of [`embed/${id}/`, `widgets/${id}/`])
        expect(/<meta property="og:image" content="([^"]+)"/.exec(htmlOf(page))?.[1], page).toBe(
          address,
        );
      expect(JSON.parse(textOf(`${id}/oembed.json`))).toMatchObject({ thumbnail_url: address });
    });

    test('its oEmbed answer holds a frame that is there', () => {
      const answer = JSON.parse(textOf(`${id}/oembed.json`)) as Record<string, unknown>;
      expect(answer).toMatchObject({ version: '1.0', type: 'rich', provider_name: 'Gradient Lab' });
      expect(answer['width']).toEqual(expect.any(Number));
      expect(answer['height']).toEqual(expect.any(Number));
      const src = /src="([^"]+)"/.exec(String(answer['html']))?.[1];
      const [page, query = ''] = src!.split('?');
      expect(page).toBe(`${built}/embed/${id}/`);
      // It shows what fills the frame: figures that the widget has.
      const figures = [...textOf(`${id}/index.html`).matchAll(/data-figure="([^"]+)"/g)];
      const own = [...(draws ? ['drawing'] : []), ...figures.map(([, figure]) => figure)];
      const shown = new URLSearchParams(query).get('figures')?.split(',') ?? [];
      expect(own).toEqual(expect.arrayContaining(shown));
    });
  });

test('every chapter and every figure’s page names the oEmbed answer of each widget', () => {
  const chapters = new Set(site.widgets.map(({ chapter }) => `${chapter}/`));
  const book = pagesWithWidgets.filter(
    ({ path }) => chapters.has(path) || path.startsWith('widgets/'),
  );
  expect(book.length).toBeGreaterThan(0);
  for (const { path, ids } of book) {
    const links = [
      ...htmlOf(path).matchAll(/<link rel="alternate" type="application\/json\+oembed"[^>]*>/g),
    ].map(([link]) => /href="([^"]+)"/.exec(link)?.[1]);
    expect(links.toSorted(), path).toEqual(
      [...new Set(ids)].map((id) => `${built}/embed/${id}/oembed.json`).toSorted(),
    );
  }
});

test('under a sub-path, answers and pictures give addresses under it', () => {
  const { id } = site.widgets[0]!;
  const { pathname } = new URL(site.subUrl);
  expect(textOf(`${id}/oembed.json`, site.subDir)).toContain(`${pathname}embed/${id}/`);
  expect(textOf(`${id}/figure.svg`, site.subDir).replace(/\s/g, '')).toContain(
    `${pathname}widgets/${id}/`,
  );
});

test('the published types describe the element to TypeScript', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradient-lab-types-'));
  try {
    writeFileSync(join(folder, 'gradient-lab.d.ts'), textOf('v1.d.ts'));
    const pages = {
      'right.ts': `
        const figure = document.querySelector('gradient-lab')!;
        figure.parameters = { depth: 3, steps: 40 };
        figure.theme = 'dark';
        figure.addEventListener('gradient-lab-done', ({ detail }) => {
          const state: string = detail.state;
          const loss: unknown = figure.result?.['finalLoss'];
          console.log(state, loss);
        });
        document.addEventListener('gradient-lab-error', ({ detail }) => console.log(detail.message));
        figure.run();`,
      'theme.ts': `document.createElement('gradient-lab').theme = 'sepia';`,
      'method.ts': `document.createElement('gradient-lab').stop();`,
    };
    for (const [name, code] of Object.entries(pages))
      writeFileSync(join(folder, name), `import type {} from './gradient-lab';\n${code}`);
    const program = ts.createProgram(
      [...Object.keys(pages), 'gradient-lab.d.ts'].map((name) => join(folder, name)),
      {
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
        types: [],
      },
    );
    const faults = (name: string): string[] =>
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(join(folder, name)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
    expect(faults('gradient-lab.d.ts')).toEqual([]);
    expect(faults('right.ts')).toEqual([]);
    expect(faults('theme.ts')).toHaveLength(1);
    expect(faults('method.ts')).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the custom-elements manifest names what the element has', async ({ page }) => {
  const manifest = JSON.parse(textOf('custom-elements.json')) as {
    schemaVersion: string;
    modules: {
      declarations: {
        tagName: string;
        members: { kind: string; name: string; description: string }[];
        attributes: { name: string }[];
        events: { name: string }[];
      }[];
    }[];
  };
  const [declared] = manifest.modules[0]!.declarations;
  expect(manifest.schemaVersion).toBe('1.0.0');
  expect(declared!.tagName).toBe('gradient-lab');
  await page.goto(`${site.url}embed/${site.widgets[0]!.id}/`);
  await page.addScriptTag({ url: `${site.url}embed/v1.js` });
  const own = await page.evaluate(() =>
    Object.getOwnPropertyNames(customElements.get('gradient-lab')!.prototype).filter(
      (name) => !/^constructor$|Callback$/.test(name),
    ),
  );
  expect(declared!.members.map(({ name }) => name).toSorted()).toEqual(own.toSorted());
  expect(declared!.events.map(({ name }) => name)).toEqual([
    'gradient-lab-ready',
    'gradient-lab-frame',
    'gradient-lab-done',
    'gradient-lab-error',
  ]);
  const attributes = declared!.attributes.map(({ name }) => name);
  expect(attributes).toEqual(expect.arrayContaining(['widget', 'theme', 'depth', 'learning-rate']));
  expect(new Set(attributes).size).toBe(attributes.length);
});
