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
  await expect.element(caution).toHaveTextContent(/is above 1/);
  const slider = screen.getByRole('slider', { name: 'Strength' });
  expect(slider.element().getAttribute('aria-describedby')).toBe(caution.element().id);
  await expect.element(screen.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();

  const box = screen.getByRole('textbox', { name: /^Strength/ });
  await box.fill('0.1');
  (box.element() as HTMLInputElement).blur();
  await expect.poll(() => document.querySelector('[role="alert"]')).toBeNull();
});

it('one click trains as many seeds as the widget names', async () => {
  const screen = await show({});
  await expect.element(screen.getByRole('button', { name: 'Train 40 seeds' })).toBeVisible();
});
