import { render } from 'vitest-browser-svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../../src/kit/tokens.css';
import { presetSettings, type AnySettings } from '../../../src/kit/codec';
import type { WidgetHost } from '../../../src/kit/host';
import { sayFor } from '../../../src/kit/say';
import StandardView from '../../../src/kit/StandardView.svelte';
import { getRecording } from '../../../src/registry/server';
import widget from '../../../src/widgets/activation-race/widget';
import { FakeEngine } from '../../support/fakeEngine';

const settings = presetSettings(widget, 'cure') as AnySettings;
const recording = getRecording('activation-race', 'depth=20&field=all&steps=400');
const names = widget.lanes(settings as never, sayFor()).map(({ label }) => label);

const figures = () => [...document.querySelectorAll('[data-kind="line"] .gl-chart > svg')];
/** How many series stand back in each figure, counted by their keys. */
const standingBack = () => figures().map((svg) => svg.querySelectorAll('.gl-back text').length);
const all = (count: number) => figures().map(() => count);

describe('a run of many networks', () => {
  let screen: Awaited<ReturnType<typeof render>>;
  beforeEach(async () => {
    const host: WidgetHost = {
      service: async () => new FakeEngine(),
      recordings: async () => ({}),
      link: () => 'https://example.org/',
      changed: () => undefined,
    };
    screen = await render(StandardView, { widget, settings, host, recording });
    await expect.poll(() => figures().length).toBeGreaterThan(3);
  });
  const button = (name: string) => screen.getByRole('button', { name, exact: true });

  test('names each with the sign and colour of its curve', () => {
    const styles = (svg: Element) => [...svg.classList].filter((name) => /^gl-(?!svg)/.test(name));
    const keys = [...figures()[0]!.querySelectorAll('g:has(> .gl-name)')];
    expect(keys.map((key) => key.textContent)).toEqual(names);
    for (const key of keys) {
      const sign = button(key.textContent).element().querySelector('svg')!;
      expect(styles(sign)).toEqual(styles(key));
    }
  });

  test('brings out one of them where its name is pressed, until it is pressed again', async () => {
    expect(standingBack()).toEqual(all(0));
    await button('SELU').click();
    await userEvent.unhover(button('SELU'));
    (button('SELU').element() as HTMLElement).blur();
    await expect.element(button('SELU')).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(standingBack).toEqual(all(names.length - 1));
    const front = figures()[0]!.querySelector('g:not(.gl-back g):has(> .gl-name)')!;
    expect(front.textContent).toBe('SELU');
    await button('SELU').click();
    await userEvent.unhover(button('SELU'));
    (button('SELU').element() as HTMLElement).blur();
    await expect.poll(standingBack).toEqual(all(0));
  });

  test('brings out what the keyboard comes to, and lets it go', async () => {
    (button('Tanh').element() as HTMLElement).focus();
    await expect.poll(standingBack).toEqual(all(names.length - 1));
    (button('Tanh').element() as HTMLElement).blur();
    await expect.poll(standingBack).toEqual(all(0));
  });
});
