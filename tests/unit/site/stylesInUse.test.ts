import { describe, expect, test } from 'vitest';
import { withStylesInUse } from '../../../src/site/build/styles-in-use.ts';

const link = (name: string) => `<link rel="stylesheet" href="/base/_astro/${name}.css">`;
const [site, kit, one, two] = [
  link('site.DDDDDDDD'),
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
    [widget('three'), kit],
    [widget('one'), kit + one],
    [widget('one-two'), kit + two],
    [widget('one-two') + widget('one'), kit + one + two],
  ])('keeps the styles of the widgets that it shows, the kit’s first: %s', (body, kept) => {
    const built = page(site + one + kit + two, body);
    expect(withStylesInUse(built)).toBe(page(site + kept, body));
  });

  test('is left as it is where it has none of these sheets', () => {
    const built = page(site, widget('one'));
    expect(withStylesInUse(built)).toBe(built);
  });
});
