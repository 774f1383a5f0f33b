import { render } from 'vitest-browser-svelte';
import { expect, it } from 'vitest';
import '../../../src/kit/tokens.css';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import StandardView from '../../../src/kit/StandardView.svelte';
import { grouped, preset } from '../../../src/kit/widget';
import block from '../../../src/widgets/residual-block/widget';

const { params } = block;
const widget = {
  ...block,
  view: undefined,
  presets: {
    problem: preset('Plain', 'The default.'),
    ...grouped('Rare ones', {
      zero: preset('Zero', 'Folded away.', { w2: 0 }),
    }),
  },
} as unknown as typeof block;

const show = (settings: AnySettings = defaults(params)) =>
  render(StandardView, { widget, settings, host: undefined });

it('folds presets away that stand in a group', async () => {
  const screen = await show();
  await expect.element(screen.getByRole('button', { name: 'Plain' })).toBeVisible();
  await expect.element(screen.getByText('Zero', { exact: true })).not.toBeVisible();
  await screen.getByText('Rare ones').click();
  await expect.element(screen.getByRole('button', { name: 'Zero' })).toBeVisible();
});

it('unfolds the group of the preset in force', async () => {
  const screen = await show({ ...defaults(params), w2: 0 });
  await expect
    .element(screen.getByRole('button', { name: 'Zero' }))
    .toHaveAttribute('aria-pressed', 'true');
  await expect.element(screen.getByText('Folded away.')).toBeVisible();
});
