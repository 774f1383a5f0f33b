import type { Page } from '@playwright/test';
import { htmlToHast, type HastNode } from 'satteri';
import { embeds, expect, runElement, test, widgetIn, widgetOfElement } from '../support/foreign.ts';
import { htmlOf, originOf, site } from '../support/site.ts';
import { awake, chooseSpeed, runToEnd } from '../support/widgets.ts';

/** The codes of the page Embedding, by heading and language, with the address of the site under test. */
const recipes = codesOf(htmlOf('embedding/'));

interface Code {
  heading: string;
  language: string;
  text: string;
}

function codesOf(html: string): Code[] {
  const codes: Code[] = [];
  let heading = '';
  const textOf = (node: HastNode): string =>
    node.type === 'text'
      ? node.value
      : 'children' in node
        ? node.children.map((child) => textOf(child as HastNode)).join('')
        : '';
  const linesOf = (node: HastNode): string[] => {
    if (!('children' in node)) return [];
    const isLine = node.type === 'element' && classes(node).includes('line');
    return isLine
      ? [textOf(node).replace(/\n$/, '')]
      : node.children.flatMap((child) => linesOf(child as HastNode));
  };
  const classes = (node: HastNode): string[] =>
    node.type === 'element' ? [node.properties['className'] ?? []].flat().map(String) : [];
  const walk = (node: HastNode): void => {
    if (node.type === 'element' && /^h[23]$/.test(node.tagName)) heading = textOf(node).trim();
    if (node.type === 'element' && node.tagName === 'pre') {
      const language = String(node.properties['dataLanguage'] ?? '');
      const text = linesOf(node)
        .join('\n')
        .replaceAll(`${originOf(site.dir)}/`, site.url);
      codes.push({ heading, language, text });
      return;
    }
    if ('children' in node) for (const child of node.children) walk(child as HastNode);
  };
  walk(htmlToHast(html));
  return codes;
}

/** The code of a recipe. Fails where the page has none. */
function recipe(heading: RegExp, language: string): string {
  const found = recipes.find((code) => heading.test(code.heading) && code.language === language);
  if (!found) throw new Error(`Embedding has no ${language} under ${heading}.`);
  return found.text;
}

/** Trains what a recipe has put into the page's first element. */
async function trainElement(page: Page): Promise<void> {
  const widget = widgetOfElement(page);
  await awake(widget);
  await chooseSpeed(widget, 'full');
  expect(await runElement(page)).toMatchObject({ finalLoss: expect.any(Number) });
}

/** Trains what a recipe has put into a page's only frame. */
async function trainFrame(page: Page): Promise<void> {
  const widget = widgetIn(page.frameLocator('iframe'));
  await awake(widget);
  expect(await runToEnd(widget)).toBe('done');
}

test('plain HTML', async ({ page, host }) => {
  await host(recipe(/^Plain HTML/, 'html'));
  await trainElement(page);
});

test('a script that drives the element', async ({ page, host }) => {
  await host(recipe(/^Drive it/, 'html'));
  await expect(page.locator('#loss')).toHaveText(/^\d\.\d+$/);
});

test('MkDocs: the script of mkdocs.yml at the end, the element inside a paragraph', async ({
  page,
  host,
}) => {
  const yaml = recipe(/^MkDocs/, 'yaml');
  expect(yaml).toMatch(/^extra_javascript:\n {2}- path: /);
  const path = /path: (\S+)/.exec(yaml)?.[1];
  await host(`<p>${recipe(/^MkDocs/, 'markdown')}</p><script src="${path}" async></script>`);
  await trainElement(page);
});

test('Docusaurus: the script in the head, the element made by a script from its attributes', async ({
  page,
  host,
}) => {
  const src = /src: '([^']+)'/.exec(recipe(/^Docusaurus/, 'js'))?.[1];
  await host(`<script src="${src}" async></script><div id="page"></div>`);
  await page.evaluate(
    (jsx) => {
      // As React does: an element, its attributes as text, then its place in the page.
      const element = document.createElement('gradient-lab');
      for (const [, name, text, number] of jsx.matchAll(/(\w[\w-]*)=(?:"([^"]*)"|\{(\d+)\})/g))
        element.setAttribute(name!, text ?? number!);
      document.getElementById('page')!.append(element);
    },
    recipe(/^Docusaurus/, 'jsx'),
  );
  await trainElement(page);
});

test('Jupyter: the frame that IFrame writes', async ({ page, host }) => {
  const python = recipe(/^Jupyter/, 'python');
  const call = /IFrame\("([^"]+)", width="([^"]+)", height=(\d+)\)/.exec(python);
  expect(call).not.toBeNull();
  const [, src, width, height] = call!;
  await host(
    `<iframe width="${width}" height="${height}" src="${src}" frameborder="0" allowfullscreen></iframe>`,
  );
  await trainFrame(page);
});

test('a learning platform: in a page that is itself in a sandbox, under a policy', async ({
  page,
  host,
}) => {
  const { origin } = new URL(embeds);
  const frame = recipe(/^Moodle/, 'html');
  await host(frame, `default-src 'none'; frame-src ${origin}; sandbox allow-scripts`);
  await trainFrame(page);
});

test('a learning platform that adds a sandbox to every frame', async ({ page, host }) => {
  await host(recipe(/^Moodle/, 'html').replace('<iframe', '<iframe sandbox="allow-scripts"'));
  await trainFrame(page);
});

test('reveal.js: a frame that gets its address when its slide comes', async ({ page, host }) => {
  await host(`<div class="reveal"><div class="slides">${recipe(/^Slides/, 'html')}</div></div>`);
  await expect(page.locator('iframe')).not.toHaveAttribute('src');
  // What reveal.js does with data-src when the slide comes near.
  await page.locator('iframe[data-src]').evaluate((frame) => {
    frame.setAttribute('src', frame.getAttribute('data-src')!);
  });
  await trainFrame(page);
});

test('a README: a picture under the policy that GitHub serves pictures with', async ({
  page,
  host,
}) => {
  const markdown = recipe(/^A README/, 'markdown');
  const [, alt, picture, live] = /^\[!\[([^\]]+)\]\(([^)]+)\)\]\(([^)]+)\)$/.exec(markdown) ?? [];
  await host(
    `<a href="${live}"><img src="${picture}" alt="${alt}"></a>`,
    `default-src 'none'; img-src ${new URL(embeds).origin}; style-src 'unsafe-inline'`,
  );
  const width = () => page.locator('img').evaluate((img) => (img as HTMLImageElement).naturalWidth);
  await expect.poll(width).toBeGreaterThan(300);
  await page.goto(live!);
  await expect(page.locator('[data-widget]').first()).toBeVisible();
});

test('the oEmbed link is the one in the chapter’s head', () => {
  const href = /href="([^"]+)"/.exec(recipe(/^Where a link/, 'html'))?.[1];
  const chapter = htmlOf('vanishing-gradients/').replaceAll(`${originOf(site.dir)}/`, site.url);
  expect(chapter).toContain(`type="application/json+oembed" href="${href}"`);
});
