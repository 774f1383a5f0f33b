/** The engine's README shows specifications and limits; they are those of the code. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mostBytes } from '../../../src/engine/spec/memory';
import { limits } from '../../../src/engine/spec/limits';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { TrainingSpec } from '../../../src/engine/types';
import { root } from '../../config/root';
import { framesOf, lossesOf } from './backend';

const readme = readFileSync(`${root}src/engine/README.md`, 'utf8');
const examples = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, text]) => JSON.parse(text!) as TrainingSpec,
);

describe('the examples of the README', () => {
  test('have every kind of network, and what only some of them show', () => {
    const kinds = examples.map(({ network }) =>
      network.kind === 'recurrent' ? network.cell : network.kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['mlp', 'lstm', 'rnn', 'oneUnit']));
    expect(examples.some(({ clip }) => clip)).toBe(true);
    expect(examples.some(({ penalty }) => penalty)).toBe(true);
    expect(
      examples.some(
        ({ network }) => network.kind === 'mlp' && network.batchNorm && network.residual,
      ),
    ).toBe(true);
  });

  test.each(examples.map((spec, i) => [i + 1, spec] as const))(
    'number %i resolves and trains',
    async (_number, spec) => {
      expect(resolveSpec(spec).seed).toBe(spec.seed);
      const losses = lossesOf(await framesOf({ ...spec, steps: 2 }));
      expect(losses).toHaveLength(3);
      expect(losses.every(Number.isFinite)).toBe(true);
    },
  );
});

test('the limits of the README are those of the code', () => {
  const table = readme.slice(readme.indexOf('### Limits'));
  const stated = [...table.matchAll(/^\| (\S+).*\| (\d+) +\|$/gm)].map(([, name, most]) => [
    name!.replace(/[`,]/g, ''),
    Number(most),
  ]);
  expect(Object.fromEntries(stated)).toEqual({ ...limits, memory: mostBytes });
});
