import { describe, expect, test } from 'vitest';
import { presetSettings, read } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { NETWORKS } from '../../../src/widgets/weight-penalty/networks';
import { carry, params } from '../../../src/widgets/weight-penalty/params';
import { decayed, keptPerStep } from '../../../src/widgets/weight-penalty/theory';
import widget from '../../../src/widgets/weight-penalty/widget';
import { train } from './training';

const say = sayFor();
const problem = presetSettings(widget, 'problem');

describe('the networks', () => {
  test('differ from the first by the penalty, the clipping or the start alone', () => {
    for (const name of Object.keys(widget.presets)) {
      const [plain, ...others] = widget.lanes(presetSettings(widget, name), say);
      expect(plain!.spec).not.toHaveProperty('penalty');
      for (const { name: lane, spec } of others) {
        const { clip, penalty, network, ...rest } = spec;
        const { network: first, ...common } = plain!.spec;
        expect(rest).toEqual(common);
        expect([clip, penalty].filter(Boolean)).toHaveLength(lane === 'start' ? 0 : 1);
        if (lane === 'start') expect(network).not.toEqual(first);
        else expect(network).toEqual(first);
      }
    }
  });

  test('have their penalty on the recurrent matrix alone', () => {
    const kinds = widget.lanes({ ...problem, compare: 'kinds', strength: 2 }, say);
    expect(kinds.map(({ spec }) => spec.penalty)).toEqual([
      undefined,
      { l2: 2, tensors: ['Wh'] },
      { weightDecay: 2, tensors: ['Wh'] },
      { l1: 2, tensors: ['Wh'] },
    ]);
  });

  test('bring their rate and start along', () => {
    expect(carry(problem, { ...problem, network: 'tanh' })).toMatchObject(NETWORKS.tanh.brings);
    expect(carry(problem, { ...problem, strength: 1 }).gain).toBe(problem.gain);
  });
});

describe('theory', () => {
  const [, l2, decoupled, l1] = widget
    .lanes({ ...problem, compare: 'kinds', strength: 4 }, say)
    .map(({ spec }) => spec);

  test('is the factor 1 − ηλ under gradient descent, of L2 and of decoupled decay', () => {
    const kept = 1 - problem.learningRate * 4;
    expect(keptPerStep(l2!)).toBe(kept);
    expect(keptPerStep(decoupled!)).toBe(kept);
    expect(keptPerStep(l1!)).toBeNull();
  });

  test('is that of decoupled decay alone under another optimizer', () => {
    const optimizer = { kind: 'adam', learningRate: 0.01 } as const;
    expect(keptPerStep({ ...l2!, optimizer })).toBeNull();
    expect(keptPerStep({ ...decoupled!, optimizer })).toBe(1 - 0.01 * 4);
  });

  test('is a power of its size', () => {
    expect(decayed(3, -0.5, [0, 1, 2])).toEqual([3, 1.5, 0.75]);
  });

  test('is what becomes of a matrix whose gradient is small beside the penalty', async () => {
    const { named } = await train(widget, presetSettings(widget, 'kinds'));
    for (const lane of ['l2', 'decoupled']) {
      const alone = named[`${lane}.initialSpectralRadius`]! * named[`${lane}.keptShare`]!;
      expect(named[`${lane}.spectralRadius`]! / alone).toBeCloseTo(1, 1);
    }
    expect(named['l1.spectralRadius']).toBeLessThan(named['l2.spectralRadius']! / 10);
  });
});

describe('a strength that overshoots', () => {
  const caution = (own: Partial<typeof problem>) =>
    params.strength.caution!({ ...problem, ...own }) ?? '';

  test('is told of beside the control, and nothing else is', () => {
    expect(caution({})).toBe('');
    expect(caution({ strength: 300 })).toContain('|1 − ηλ_w| is above 1');
    expect(caution({ strength: 300, kind: 'decoupled' })).toContain('above 1');
    expect(caution({ strength: 300, kind: 'l1' })).toBe('');
    expect(caution({ strength: 3, learningRate: 1 })).toContain('above 1');
  });

  test('is allowed, and the run shows what it does', async () => {
    expect(read(params, [['strength', '300']]).notes).toEqual([]);
    const { result, named } = await train(widget, presetSettings(widget, 'overshoot'));
    const norms = result.lanes['cure']!.extra['spectralNorm']!.map(([one]) => one!);
    expect(norms[1]!).toBeGreaterThan(norms[0]!);
    expect(named['cure.firstNonFiniteStep']).toBeLessThan(500);
  });

  test('is no number below what is allowed', () => {
    expect(read(params, [['strength', '0']]).notes.join()).toContain('from 0.001 to 1000');
  });
});

test('no strength helps where the first gradient overflows', async () => {
  for (const strength of [0.001, 1, 100]) {
    const { named } = await train(widget, { ...presetSettings(widget, 'adding'), strength });
    expect(named['cure.firstNonFiniteStep']).toBe(named['firstNonFiniteStep']);
  }
});
