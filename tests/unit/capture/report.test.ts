/** The description and the profile of a captured program. */
import { afterAll, describe, expect, it } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import type { TrainingSpec } from '../../../src/engine/types';

const service = createLocalEngineService();
afterAll(() => service.close());

const spec: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 3,
    width: 16,
    activation: 'tanh',
    initializer: { kind: 'leCunNormal' },
  },
  task: { kind: 'twoSpirals' },
  optimizer: { kind: 'sgd', learningRate: 0.01 },
  batchSize: 32,
  steps: 1,
  seed: 1,
};

/** 2·16 + 16·16 + 16·16 + 16·2 weights and their biases. */
const parameters = 2 * 16 + 2 * 16 * 16 + 16 * 2 + 3 * 16 + 2;

describe('a captured program, described', () => {
  it('counts the matrix products of a perceptron', async () => {
    const { instructions, profile } = await service.program(spec);
    const products = instructions.filter(({ kernel }) => kernel === 'matmul');
    // Forward, weight gradient and, except in the first layer, signal gradient.
    expect(products).toHaveLength(4 + 4 + 3);
    const flop = products.reduce((sum, instruction) => sum + instruction.flop, 0);
    expect(flop).toBe(2 * 32 * (2 * (2 * 16) + 3 * (2 * 16 * 16 + 16 * 2)));
    expect(profile).toBeNull();
  });

  it('has fewer instructions than tfjs made kernel calls, and names what they fuse', async () => {
    const { instructions, kernelCalls } = await service.program(spec);
    expect(instructions.length).toBeLessThan(kernelCalls);
    const fused = instructions.filter(({ operations }) => operations.length > 1);
    expect(fused.length).toBeGreaterThan(0);
    for (const { text, operations, kernel } of instructions)
      if (kernel === 'map' && !text.startsWith('commit'))
        expect(text.startsWith(operations.join(' '))).toBe(true);
  });

  it('counts its memory', async () => {
    const { stateBytes, feedBytes, arenaBytes, programBytes } = await service.program(spec);
    expect(stateBytes).toBe(4 * parameters);
    expect(feedBytes).toBe(4 * (32 * 2 + 32 * 2 + 1));
    expect(arenaBytes).toBeGreaterThan(stateBytes + feedBytes);
    expect(programBytes % 4).toBe(0);
  });

  it('refuses wrong fields and wrong counts with a sentence', async () => {
    await expect(service.program({ ...spec, batchSize: 5000 })).rejects.toThrow(
      /batchSize is 5000/,
    );
    await expect(service.program(spec, { rounds: 1.5 })).rejects.toThrow(
      'rounds is 1.5; allowed: whole numbers from 0 to 100.',
    );
  });
});

describe('a captured program, measured', () => {
  it('has a time for each instruction, and for the step', async () => {
    const { instructions, profile } = await service.program(spec, { rounds: 1 });
    const times = profile!.instructionMicroseconds;
    expect(times).toHaveLength(instructions.length);
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual(0);
      expect(time).toBeLessThan(1e6);
    }
    expect(profile!.stepMicroseconds).toBeGreaterThan(0);
    const products = instructions.flatMap(({ kernel }, i) =>
      kernel === 'matmul' ? times[i]! : [],
    );
    expect(Math.min(...products)).toBeGreaterThan(0);
  });
});
