import type { ProgramInstruction, ProgramReport, TrainingSpec } from '../../engine/types';
import type { Say } from '../../kit/say';
import { digits } from '../../kit/training/specs';
import type { ProgramSettings } from './params';

/** The training whose step is captured. */
export function specOf({ network, optimizer: kind }: ProgramSettings): TrainingSpec {
  const optimizer = { kind, learningRate: 0.01 };
  const pace = { batchSize: 32, steps: 1, seed: 1 };
  const initializer = { kind: 'leCunNormal' } as const;
  if (network === 'lstm')
    return {
      network: {
        kind: 'recurrent',
        cell: 'lstm',
        hiddenSize: 32,
        initializer,
        recurrentInitializer: { kind: 'orthogonal' },
        readout: 'last',
      },
      task: { kind: 'adding', length: 20 },
      optimizer,
      ...pace,
    };
  return digits(
    {
      ...{ depth: network === 'thirty' ? 30 : 3, width: 32, activation: 'tanh', initializer },
      batchNorm: network === 'normalized',
      optimizer,
    },
    pace,
  );
}

/** An instruction of every step, with its place in the program. */
export interface Line extends ProgramInstruction {
  /** From 1, among the instructions of every step. */
  number: number;
  /** NaN where nothing was measured. */
  microseconds: number;
}

/** What runs in every step, in order. */
export function linesOf({ instructions, profile }: ProgramReport): Line[] {
  return instructions
    .map((instruction, i) => ({
      ...instruction,
      microseconds: profile?.instructionMicroseconds[i] ?? NaN,
    }))
    .filter(({ frameOnly }) => !frameOnly)
    .map((instruction, i) => ({ ...instruction, number: i + 1 }));
}

/** All instructions of one kernel in every step. */
export interface KernelSum {
  kernel: string;
  instructions: number;
  flop: number;
  microseconds: number;
}

/** The kernels, those with most arithmetic first. */
export function kernelsOf(lines: readonly Line[]): KernelSum[] {
  const sums = new Map<string, KernelSum>();
  for (const { kernel, flop, microseconds } of lines) {
    const sum = sums.get(kernel) ?? { kernel, instructions: 0, flop: 0, microseconds: 0 };
    sum.instructions += 1;
    sum.flop += flop;
    sum.microseconds += microseconds;
    sums.set(kernel, sum);
  }
  return [...sums.values()].sort((a, b) => b.flop - a.flop);
}

export const total = (list: readonly { flop: number; microseconds: number }[]) => ({
  flop: list.reduce((sum, { flop }) => sum + flop, 0),
  microseconds: list.reduce((sum, { microseconds }) => sum + microseconds, 0),
});

/** Bytes in thousands. */
export const kilobytes = (bytes: number, say: Say): string => `${say.count(bytes / 1000)} KB`;
