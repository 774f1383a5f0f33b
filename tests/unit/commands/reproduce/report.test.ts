import { describe, expect, test } from 'vitest';
import { consoleLine, disagreement, report } from '../../../../src/commands/reproduce/report';
import type { Row } from '../../../../src/commands/reproduce/rows';

const near: Row = {
  section: 1,
  setting: 'tanh d10',
  quantity: 'test accuracy',
  reference: '0.956',
  measured: '0.964 ± 0.0105',
  allowed: '0.0216: 2 sd',
  agrees: true,
};
const far: Row = { ...near, section: 3, quantity: 'loss', agrees: false };

describe('the report', () => {
  test('has a line for each row, and says which do not agree', () => {
    const lines = report([near, far], 4, 'wasm').split('\n');
    expect(lines[0]).toBe('# Reproduction');
    expect(lines[2]).toContain('`npm run reproduce`: 4 seeds on the backend wasm, beside');
    expect(lines.slice(-5)).toEqual([
      '| § | setting | quantity | PyTorch | here | allowed | agrees |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| 1 | tanh d10 | test accuracy | 0.956 | 0.964 ± 0.0105 | 0.0216: 2 sd | yes |',
      '| 3 | tanh d10 | loss | 0.956 | 0.964 ± 0.0105 | 0.0216: 2 sd | **no** |',
      '',
    ]);
  });
});

test('the console has a line for each row', () => {
  expect([near, far].map(consoleLine)).toEqual([
    '1. tanh d10: test accuracy 0.964 ± 0.0105 (reference 0.956)',
    '3. tanh d10: loss 0.964 ± 0.0105 (reference 0.956)  DIFFERS',
  ]);
});

test('rows that disagree are named', () => {
  expect(disagreement([near])).toBeNull();
  expect(disagreement([near, far, { ...far, setting: 'ReLU d3' }])).toBe(
    'Rows that disagree with PyTorch, 2 of 3: 3. tanh d10: loss; 3. ReLU d3: loss.',
  );
});
