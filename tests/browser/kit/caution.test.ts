import { render } from 'vitest-browser-svelte';
import { expect, it } from 'vitest';
import '../../../src/kit/tokens.css';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import StandardView from '../../../src/kit/StandardView.svelte';
import widget from '../../../src/widgets/weight-penalty/widget';
import { FakeEngine } from '../../support/fakeEngine';

const host = {
  service: async () => new FakeEngine(),
  recordings: async () => ({}),
  link: () => 'https://example.org/',
};
const show = (own: AnySettings) =>
  render(StandardView, { widget, settings: { ...defaults(widget.params), ...own }, host });

it('a caution stands beside its control while the settings call for it, and the run is not refused', async () => {
  const screen = await show({ strength: 300 });
  const caution = screen.getByRole('alert');
  await expect.element(caution).toBeVisible();
  expect(caution.element().textContent).toContain('is above 1');
  const described = document.querySelectorAll<HTMLInputElement>(
    `[aria-describedby="${caution.element().id}"]`,
  );
  expect(Array.from(described, ({ type }) => type)).toEqual(['range', 'text']);
  await expect.element(screen.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();

  const box = described[1]!;
  box.value = '0.1';
  box.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => document.querySelector('[role="alert"]')).toBeNull();
});

it('one click trains as many seeds as the widget names', async () => {
  const screen = await show({});
  await expect.element(screen.getByRole('button', { name: 'Train 40 seeds' })).toBeVisible();
});
