import { describe, expect, test } from 'vitest';
import { presetSettings, read } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { params } from '../../../src/widgets/optimizer-rescue/params';
import widget from '../../../src/widgets/optimizer-rescue/widget';
import { train } from './training';

const problem = presetSettings(widget, 'problem');

describe('one network under several optimizers', () => {
  test('differs in the optimizer alone', () => {
    for (const name of ['problem', 'fifteen', 'larger', 'smaller']) {
      const [first, ...others] = widget.lanes(presetSettings(widget, name), sayFor());
      for (const { spec } of others)
        expect({ ...spec, optimizer: first!.spec.optimizer }).toEqual(first!.spec);
    }
  });

  test('SGD has as large a rate as momentum adds up to', () => {
    const [sgd, momentum] = widget.lanes(problem, sayFor());
    expect(sgd!.spec.optimizer.learningRate).toBeCloseTo(
      momentum!.spec.optimizer.learningRate / (1 - 0.9),
      12,
    );
  });

  test('Adam moves every layer as theory says, and SGD as the gradient does', async () => {
    const settings = { ...problem, steps: 10 };
    const { result, named } = await train(widget, settings);
    const figure = widget.figures.find(({ id }) => id === 'update')!;
    const chart = figure.chart(settings, { lanes: firstFrameOf(result) }, sayFor());
    const lines = chart.kind === 'line' ? chart.series : [];
    const of = (id: string) => lines.find((line) => line.id === id)!.y;
    // ε is a thousandth of a typical entry of layer 1, and more of the smallest ones.
    of('cure').forEach((size, layer) => expect(size / of('theory')[layer]!).toBeCloseTo(1, 1));
    // Without a correction the first mean is a tenth of the square.
    of('rmsprop').forEach((size, layer) =>
      expect(size / of('cure')[layer]!).toBeCloseTo(Math.sqrt(10), 1),
    );
    expect(named['updateFirstToLast']).toBeCloseTo(named['weightFirstToLast']!, 4);
    expect(named['cure.updateFirstToLast']).toBeGreaterThan(1);
    expect(named['cure.weightFirstToLast']).toBe(named['weightFirstToLast']);
  });

  test('the smaller ε is, the farther the first layer is moved', async () => {
    const { named } = await train(widget, { ...presetSettings(widget, 'smaller'), steps: 10 });
    expect(named['updateFirstToLast']).toBeLessThan(0.01);
    expect(named['control.updateFirstToLast']).toBeGreaterThan(0.5);
    expect(named['cure.updateFirstToLast']).toBeGreaterThan(named['control.updateFirstToLast']!);
  });

  test('can be made to leave chance at 18 layers', async () => {
    const challenge = widget.challenges!.find(({ id }) => id === 'beyond')!;
    const settings = { ...presetSettings(widget, 'smaller'), depth: 18, width: 32 };
    expect(challenge.solved(settings, (await train(widget, settings)).result)).toBe(true);
    const short = { ...settings, steps: 20 };
    expect(challenge.solved(short, (await train(widget, short)).result)).toBe(false);
  });

  test('says of an ε of 0 or of a depth of 31 what is allowed', () => {
    expect(read(params, [['epsilon', '0']]).notes.join()).toContain('to 1');
    expect(read(params, [['depth', '31']]).notes.join()).toContain('from 1 to 30');
  });
});

/** The lanes as they were before the first update. */
function firstFrameOf({ lanes }: Awaited<ReturnType<typeof train>>['result']) {
  return Object.fromEntries(
    Object.entries(lanes).map(([name, lane]) => [
      name,
      {
        ...lane,
        extra: Object.fromEntries(
          Object.entries(lane.extra).map(([statistic, frames]) => [statistic, frames.slice(0, 1)]),
        ),
      },
    ]),
  );
}
