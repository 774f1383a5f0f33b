/**
 * Where single runs part, because rounding grows from step to step, backends must still agree on what
 * 20 seeds do: the medians lie within each other's bands, and the bands cover each other.
 */
import { describe, expect, test } from 'vitest';
import { spreadOf, type Spread } from '../../../src/kit/spread';
import type { BackendName, TrainingSpec } from '../../../src/engine/types';
import { framesOf, lossesOf, small } from './backend';

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
const steps = 120;

const specs: Record<string, TrainingSpec> = {
  'deep ReLU with momentum': {
    ...small,
    steps,
    network: {
      kind: 'mlp',
      depth: 8,
      width: 16,
      activation: 'relu',
      initializer: { kind: 'heNormal' },
    },
    optimizer: { kind: 'momentum', learningRate: 0.05 },
  },
  'chaotic tanh': {
    ...small,
    steps,
    network: {
      kind: 'mlp',
      depth: 8,
      width: 16,
      activation: 'tanh',
      initializer: { kind: 'glorotNormal', gain: 3 },
    },
  },
};

/** The spread over the seeds of the mean loss of the last 20 steps. */
async function bandOf(spec: TrainingSpec, backend: BackendName): Promise<Spread> {
  const losses: number[] = [];
  for (const seed of seeds) {
    const last = lossesOf(await framesOf({ ...spec, seed }, { backend, steps })).slice(-20);
    losses.push(last.reduce((sum, loss) => sum + loss, 0) / last.length);
  }
  return spreadOf(losses);
}

describe.each(Object.entries(specs))('%s over 20 seeds', (_name, spec) => {
  test('gives the same band on wasm and on captured steps', async () => {
    const [wasm, captured] = [await bandOf(spec, 'wasm'), await bandOf(spec, 'captured')];
    for (const [one, other] of [
      [wasm, captured],
      [captured, wasm],
    ] as const) {
      expect(one.median).toBeGreaterThan(other.low);
      expect(one.median).toBeLessThan(other.high);
      const shared = Math.min(one.high, other.high) - Math.max(one.low, other.low);
      expect(shared / (one.high - one.low)).toBeGreaterThan(0.5);
    }
    expect(Math.abs(wasm.median - captured.median)).toBeLessThan(0.25 * (wasm.high - wasm.low));
  });
});
