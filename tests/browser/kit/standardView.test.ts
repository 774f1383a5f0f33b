import { render } from 'vitest-browser-svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../../src/kit/tokens.css';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import type { WidgetEvent, WidgetHandle, WidgetHost } from '../../../src/kit/host';
import StandardView from '../../../src/kit/StandardView.svelte';
import widget from '../../../src/widgets/vanishing-depth/widget';
import { FakeEngine } from '../../support/fakeEngine';

const settings: AnySettings = { ...defaults(widget.params), steps: 12 };

let engine: FakeEngine;
let host: WidgetHost;
beforeEach(() => {
  engine = new FakeEngine();
  host = {
    service: async () => engine,
    recordings: async () => ({}),
    link: ({ depth }) => `https://example.org/?depth=${String(depth)}`,
    changed: vi.fn(),
  };
});

const show = (props: object = {}) => render(StandardView, { widget, settings, host, ...props });
const root = () => document.querySelector<HTMLElement>('[data-widget]') as HTMLElement;
/** A busy machine draws few frames a second; waiting longer never makes a wrong state right. */
const patience = { timeout: 60_000 };
const reaches = (state: string) => expect.poll(() => root().dataset['state'], patience).toBe(state);

describe('the standard view', () => {
  it('is a group named by the widget’s title', async () => {
    const screen = await show();
    await expect.element(screen.getByRole('group', { name: widget.title })).toBeVisible();
    await reaches('idle');
  });

  it('is still without a host: nothing can be pressed', async () => {
    const screen = await show({ host: undefined });
    await expect.element(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
    const open = root().querySelectorAll(':is(button, select, input):not(:disabled)');
    // The charts' own sliders read values off and need no engine; without data they are disabled.
    expect([...open].filter((element) => !element.closest('figure'))).toEqual([]);
  });

  it('has no style attribute, since embeds forbid them', async () => {
    const screen = await show();
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await reaches('done');
    expect(root().querySelectorAll('[style]')).toHaveLength(0);
  });

  it('runs, pauses, goes on and ends by the keyboard alone', async () => {
    const screen = await show({ settings: { ...settings, steps: 100 } });
    const button = screen.getByRole('button', { name: /^(Run|Pause)$/ });
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await reaches('running');
    await userEvent.keyboard(' ');
    await reaches('paused');
    await userEvent.keyboard('{Enter}');
    await reaches('done');
    await expect.element(screen.getByText('Step 100 of 100')).toBeVisible();
  });

  it('tells the live region of changes of state, and of nothing else', async () => {
    const screen = await show();
    const live = root().querySelector('[role="status"][aria-live="polite"]') as HTMLElement;
    const told: string[] = [];
    const watch = new MutationObserver(() => told.push(live.textContent ?? ''));
    watch.observe(live, { childList: true, characterData: true, subtree: true });
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await reaches('done');
    await expect.poll(() => told.at(-1)).toContain('Training finished.');
    watch.disconnect();
    expect(told.length).toBeLessThanOrEqual(3);
  });

  it('puts the figure’s numbers into the table under it', async () => {
    const screen = await show();
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await reaches('done');
    const figure = root().querySelector('[data-figure="loss"]')!;
    // A folded table is filled when it is unfolded.
    figure.querySelector('details')!.open = true;
    const last = () => {
      const { rows } = figure.querySelector('table')!;
      return [...(rows[rows.length - 1]?.cells ?? [])].map((cell) => Number(cell.textContent));
    };
    await expect.poll(last).toEqual([12, 12, 12]);
  });

  it('goes back through the frames of a run and forward again', async () => {
    const screen = await show();
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await reaches('done');
    const slider = screen.getByRole('slider', { name: 'Step shown' });
    (slider.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}');
    await expect.element(screen.getByText('Step 0 of 12')).toBeVisible();
    await userEvent.keyboard('{End}');
    await expect.element(screen.getByText('Step 12 of 12')).toBeVisible();
  });

  it('changes the address only when the reader changes something', async () => {
    const screen = await show();
    expect(host.changed).not.toHaveBeenCalled();
    await screen.getByRole('button', { name: 'Plateau' }).click();
    expect(host.changed).toHaveBeenCalledWith(expect.objectContaining({ depth: 4, steps: 900 }));
    await expect
      .element(screen.getByRole('button', { name: 'Plateau' }))
      .toHaveAttribute('aria-pressed', 'true');
  });

  it('shows a parameter only while it has a say', async () => {
    const screen = await show();
    await expect.element(screen.getByLabelText('Its hidden layers')).toBeVisible();
    await screen.getByLabelText('Beside it').selectOptions('relu');
    await expect.element(screen.getByLabelText('Its hidden layers')).not.toBeInTheDocument();
    await expect
      .element(screen.getByText(/optimizer Adam instead of SGD with momentum/))
      .toBeVisible();
  });

  it('stops at the first non-finite value and says where it was', async () => {
    engine.broken = { lane: 'problem', step: 7 };
    const screen = await show();
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await reaches('diverged');
    await expect
      .element(screen.getByText(/at step 7 the first NaN appeared in the loss/))
      .toBeVisible();
  });

  it('says in a sentence why it cannot train', async () => {
    engine.failure = 'This browser could not start the worker.';
    const screen = await show();
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await reaches('error');
    await expect
      .element(screen.getByRole('list', { name: 'Notes' }))
      .toHaveTextContent('Training could not go on. This browser could not start the worker.');
  });

  it('runs on the backend that the reader chooses', async () => {
    const screen = await show();
    await screen.getByText('Computed by').click();
    await screen.getByRole('button', { name: 'Run on WebGL' }).click();
    await reaches('done');
    expect(engine.sessions.at(-1)?.backend).toBe('webgl');
    await expect.element(screen.getByText('WebGL', { exact: true })).toBeVisible();
  });

  it('trains many seeds, counts them, and comes back to one', async () => {
    const screen = await show();
    await screen.getByRole('button', { name: 'Train 20 seeds' }).click();
    await expect.poll(() => root().querySelector('[data-seeds="done"]'), patience).not.toBeNull();
    await expect.element(screen.getByText('Trained 20 seeds.').first()).toBeVisible();
    expect(root().querySelector('.description')?.textContent).toContain(
      'Sigmoid, depth 10: 10 of 20 learned, 0 of 20 diverged.',
    );
    await screen.getByRole('button', { name: 'Back to one seed' }).click();
    await expect.element(screen.getByRole('button', { name: 'Train 20 seeds' })).toBeVisible();
  });

  it('answers a prediction after the run', async () => {
    const screen = await show();
    await screen.getByText('Predict first.').click();
    await screen.getByLabelText('Learn at once').click();
    await expect.element(screen.getByText('Noted. Now run it.')).toBeVisible();
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await reaches('done');
    await expect.element(screen.getByText(/first the loss wavers about chance/)).toBeVisible();
  });

  it('checks a challenge by the run', async () => {
    const screen = await show({ settings: { ...settings, depth: 4, seed: 1 } });
    await screen.getByText(/^Challenges/).click();
    await expect.element(screen.getByText('0 of 2 solved', { exact: false })).toBeVisible();
    await screen.getByRole('button', { name: 'Run', exact: true }).click();
    await expect
      .element(screen.getByText('1 of 2 solved', { exact: false }), patience)
      .toBeVisible();
  });

  it('obeys and informs the page that holds it', async () => {
    let handle: WidgetHandle | undefined;
    const events: WidgetEvent[] = [];
    await show({
      host: {
        ...host,
        ready: (given: WidgetHandle) => (handle = given),
        observe: (event: WidgetEvent) => events.push(event),
      },
    });
    handle?.setSettings({ ...settings, depth: 3 });
    handle?.run();
    await reaches('done');
    expect(events.some(({ type }) => type === 'frame')).toBe(true);
    expect(events.at(-1)).toMatchObject({ settings: { depth: 3 } });
    expect(events.findLast(({ type }) => type === 'state')?.state).toBe('done');
    expect(host.changed).not.toHaveBeenCalled();
  });
});
