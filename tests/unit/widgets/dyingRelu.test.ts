import { describe, expect, test } from 'vitest';
import { canonical, presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { getRecording } from '../../../src/registry/server';
import type { DyingSettings } from '../../../src/widgets/dying-relu/params';
import widget from '../../../src/widgets/dying-relu/widget';
import { train } from './training';

const preset = (name: string): DyingSettings => presetSettings(widget, name);
const recorded = (name: string) =>
  getRecording(widget.id, canonical(widget.params, presetSettings(widget, name))).values;

describe('dying-relu', () => {
  test('the healthy network differs in what was changed, the other functions in nothing else', () => {
    const lanes = (name: string) => widget.lanes(preset(name), sayFor());
    const differs = (name: string) => lanes(name).map((lane) => lane.differs);
    expect(differs('problem')).toEqual([undefined, 'initial bias 0 instead of −2']);
    expect(differs('rate')).toEqual([undefined, 'learning rate 0.1 instead of 1']);
    for (const text of differs('cure').slice(1)) expect(text).toMatch(/^activation [^;]+$/);
    expect(lanes('cure')).toHaveLength(6);
  });

  test('with bias −2 the third layer is dead in every run, and the loss is that of chance', () => {
    const values = recorded('problem');
    for (const layers of values['deadUnits'] as number[][]) expect(layers[2]).toBe(1);
    for (const loss of values['finalLoss'] as number[]) expect(loss).toBeCloseTo(Math.log(10), 2);
    for (const dead of values['control.deadShare'] as number[]) expect(dead).toBeLessThan(0.1);
  });

  test('ELU and SELU recover in every run; leaky ReLU in none, although no unit is dead', () => {
    const values = recorded('cure');
    const all = (name: string) => values[name] as number[];
    expect(Math.max(...all('elu.finalLoss'), ...all('selu.finalLoss'))).toBeLessThan(0.25);
    expect(Math.min(...all('leakyRelu.finalLoss'))).toBeGreaterThan(2.25);
    expect(Math.max(...all('leakyRelu.deadShare'))).toBe(0);
  });

  test('recover first those functions through which more of the gradient arrives', () => {
    const all = (name: string) => recorded('cure')[`${name}signalFirstToOutput`] as number[];
    expect(all('')).toEqual(all('').map(() => 0));
    expect(Math.max(...all('leakyRelu.'))).toBeLessThan(1e-3);
    for (const name of ['gelu.', 'silu.']) {
      expect(Math.min(...all(name))).toBeGreaterThan(1e-3);
      expect(Math.max(...all(name))).toBeLessThan(Math.min(...all('elu.'), ...all('selu.')) / 3);
    }
  });

  test('SiLU recovers late in most runs, GELU in few, leaky ReLU in none', () => {
    const learned = (preset: string, name: string) =>
      (recorded(preset)[`${name}.trainAccuracy`] as number[]).filter((share) => share > 0.5).length;
    const names = ['silu', 'gelu', 'leakyRelu'];
    expect(names.map((name) => learned('cure', name))).toEqual([0, 0, 0]);
    const [silu, gelu, leaky] = names.map((name) => learned('longer', name));
    expect(silu).toBeGreaterThan(5);
    expect(gelu).toBeLessThan(4);
    expect(leaky).toBe(0);
  });

  test('at learning rate 0.5 most ELU and SELU runs diverge, and no ReLU run', () => {
    const values = recorded('halfRate');
    const diverged = (name: string) =>
      (values[`${name}diverged`] as number[]).reduce((sum, one) => sum + one, 0);
    expect(diverged('')).toBe(0);
    expect(diverged('elu.')).toBeGreaterThan(5);
    expect(diverged('selu.')).toBeGreaterThan(5);
  });

  test('each challenge is open at the problem and solved by a setting that solves it', async () => {
    const solutions: Record<string, Partial<DyingSettings>> = {
      'kill-by-steps': { bias: 0, learningRate: 1, seed: 2 },
      brink: { bias: -0.5 },
    };
    const problem = { ...preset('problem') };
    const { result } = await train(widget, problem);
    for (const { id, solved } of widget.challenges!) {
      expect(solved(problem, result), id).toBe(false);
      const settings = { ...problem, ...solutions[id] };
      expect(solved(settings, (await train(widget, settings)).result), id).toBe(true);
    }
  });

  test('the description gives loss and dead units of each network', () => {
    const { result } = getRecording(widget.id, '');
    const text = widget.describe(preset('problem'), result as never, sayFor());
    expect(text).toMatch(
      /^ReLU: training loss 2\.3, [\d.]+% of the units dead\. ReLU, healthy: training loss/,
    );
  });
});
