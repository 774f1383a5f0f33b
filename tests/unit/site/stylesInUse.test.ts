import { describe, expect, it, test } from 'vitest';
import { twinsOf, withoutTwins, withStylesInUse } from '../../../src/site/build/styles-in-use.ts';

const link = (name: string) => `<link rel="stylesheet" href="/base/_astro/${name}.css">`;
const [site, guides, kit, one, two] = [
  link('site.DDDDDDDD'),
  link('guides.EEEEEEEE'),
  link('kit.AAAAAAAA'),
  link('widget-one.BBBBBBBB'),
  link('widget-one-two.C-_CCCCC'),
];
const page = (links: string, body: string) =>
  `<head>${links}<title>x</title></head><body>${body}</body>`;
const widget = (id: string) => `<div class="gl-widget svelte-1a3" data-widget="${id}"></div>`;

describe('a built page', () => {
  test.each([
    ['<p class="line">svelte-1a3 gl-svg</p>', ''],
    ['<widget-host data-widget-host="one"></widget-host>', ''],
    ['<svg class="gl-svg"></svg>', kit],
    ['<p class="box svelte-1a3"></p>', kit],
    ['<p class="symptoms">decision filters</p>', ''],
    ['<dl class="symptom not-content"></dl>', guides],
    ['<ul class="filters astro-1"></ul>' + widget('one'), guides + kit + one],
    [widget('three'), kit],
    [widget('one'), kit + one],
    [widget('one-two'), kit + two],
    [widget('one-two') + widget('one'), kit + one + two],
  ])('keeps the styles of the widgets that it shows, the kit’s first: %s', (body, kept) => {
    const built = page(site + one + guides + kit + two, body);
    expect(withStylesInUse(built)).toBe(page(site + kept, body));
  });

  test('is left as it is where it has none of these sheets', () => {
    const built = page(site, widget('one'));
    expect(withStylesInUse(built)).toBe(built);
  });
});

describe('two sheets with the same rules', () => {
  const sheets = new Map([
    ['kit.server.css', 'a{x:1}b{y:2}'],
    ['kit.client.css', 'b{y:2}a{x:1}'],
    ['widget-other.own.css', 'c{z:3}'],
  ]);
  const link = (name: string) => `<link rel="stylesheet" href="/_astro/${name}">`;
  const twins = twinsOf(sheets, 'import "./kit.client.css"');

  it('are found whatever their order, and the one that scripts ask for is kept', () => {
    expect([...twins]).toEqual([['kit.server.css', 'kit.client.css']]);
    expect([...twinsOf(sheets, 'kit.client.css kit.server.css')]).toEqual([]);
  });

  it('are asked for once', () => {
    const kept = link('kit.client.css');
    expect(withoutTwins(link('kit.server.css') + kept, twins)).toBe(kept);
    expect(withoutTwins(link('kit.server.css'), twins)).toBe(kept);
  });
});
