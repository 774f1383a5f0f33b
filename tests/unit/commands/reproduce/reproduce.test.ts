import { writeFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import reproduce from '../../../../src/commands/reproduce';
import type { Section } from '../../../../src/commands/reproduce/section';

vi.mock('node:fs', async (original) => ({
  ...(await original<object>()),
  writeFileSync: vi.fn(),
}));
vi.mock('../../../../src/commands/reproduce/sections', () => ({ sections }));

const spec = {
  network: {
    kind: 'mlp',
    depth: 1,
    width: 8,
    activation: 'relu',
    initializer: { kind: 'heNormal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 8,
  steps: 2,
} as const;

/** One section that trains and agrees, one that needs no training and does not. */
const sections = vi.hoisted((): Section[] => []);
sections.push(
  {
    section: 1,
    settings: [
      {
        name: 'two steps',
        spec,
        compared: [
          { quantity: 'diverged', of: 'firstNonFiniteStep', finite: true, ofTen: 0 },
          {
            quantity: 'std of h₁ by itself',
            of: { atStart: 'activationStd', layer: 1, over: 1 },
            mean: 1,
            sd: 0,
          },
        ],
      },
    ],
  },
  {
    section: 2,
    settings: [
      {
        name: 'two units',
        compared: [
          {
            quantity: '∂L/∂b₁',
            of: { kind: 'sigmoidChainBiasGradient', units: 2, unit: 1 },
            exact: 7,
            decimals: 2,
          },
        ],
      },
    ],
  },
);

let lines: unknown[] = [];
beforeEach(() => {
  vi.mocked(writeFileSync).mockClear();
  lines = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  return () => log.mockRestore();
});

test('one section is printed, and nothing is written', async () => {
  await reproduce(['--only', '1', '--seeds', '2']);
  expect(lines).toEqual([
    '1. two steps: diverged 0/2 (reference 0/10)',
    '1. two steps: std of h₁ by itself 1 ± 0 (reference 1 ± 0)',
    expect.stringMatching(/^ {3}\d+ s$/),
  ]);
  expect(writeFileSync).not.toHaveBeenCalled();
});

test('where a row disagrees it fails and names it, with --only', async () => {
  await expect(reproduce(['--only', '2'])).rejects.toThrow(
    'Rows that disagree with PyTorch, 1 of 1: 2. two units: ∂L/∂b₁.',
  );
  expect(lines[0]).toBe('2. two units: ∂L/∂b₁ 0.03 (reference 7)  DIFFERS');
  expect(writeFileSync).not.toHaveBeenCalled();
});

test('and without, having written what it measured', async () => {
  await expect(reproduce(['--seeds', '1', '--backend', 'cpu'])).rejects.toThrow(
    'Rows that disagree with PyTorch, 1 of 3: 2. two units: ∂L/∂b₁.',
  );
  const [[file, text]] = vi.mocked(writeFileSync).mock.calls as [[string, string]];
  expect(file).toMatch(/tests\/golden\/REPRODUCTION\.md$/);
  expect(text).toContain('1 seeds on the backend cpu');
  expect(text.split('\n').filter((line) => /\| (yes|\*\*no\*\*) \|$/.test(line))).toHaveLength(3);
});

test.each([
  [['--seeds', '0'], '--seeds is 0; allowed: a whole number from 1 to 1000.'],
  [['--backend', 'webgl'], '--backend is webgl; allowed: cpu, wasm, captured.'],
  [['--only', '3'], '--only is 3; allowed: 1, 2.'],
])('%j is refused with a sentence before anything is trained', async (args, sentence) => {
  await expect(reproduce(args)).rejects.toThrow(sentence);
  expect(lines).toEqual([]);
});
