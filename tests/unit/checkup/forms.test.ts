import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/commands/calibrate/random';
import { courseOf, expected, type Fault } from '../../support/checkup/courses.ts';
import { forms } from '../../support/checkup/forms.ts';
import { checkUp, evidenceOf, foundIn } from '../../support/checkup/read.ts';

const faults = Object.keys(expected) as Fault[];
const SEEDS = [1, 2];

/** MetricLogger's lines are of epoch 115: whether the loss left its start cannot be told from them. */
const wanted = (fault: Fault, form: string): string[] =>
  expected[fault].filter((id) => form !== 'metric-logger' || id !== 'stalled-at-chance').sort();

describe('each fault in each form', () => {
  test.each(Object.keys(forms))('%s', (form) => {
    for (const fault of faults)
      for (const seed of SEEDS) {
        const report = checkUp(`${forms[form]!(courseOf(fault, seed))}\n`);
        expect(foundIn(report), `${fault}, seed ${seed}`).toEqual(wanted(fault, form));
      }
  });

  test('the form is named', () => {
    const named = Object.entries(forms).map(([form, print]) => [
      form,
      checkUp(print(courseOf('healthy', 1))).reading.format,
    ]);
    expect(Object.fromEntries(named)).toEqual({
      'huggingface-trainer': 'huggingface-trainer',
      'trainer-state': 'trainer-state',
      megatron: 'megatron',
      mmengine: 'mmengine',
      mmcv: 'mmengine',
      'json-lines': 'json-lines',
      'metric-logger': 'metric-logger',
      fairseq: 'fairseq',
      'key-value': 'key-value',
      words: 'key-value',
      csv: 'csv',
      'csv-decimal-comma': 'csv',
      tsv: 'csv',
      json: 'json',
      'keras-history': 'json',
    });
  });
});

/** Norms by layer of a geometric law, with noise, over some rows. */
function layered(factor: number, layers: number, seed: number): number[][] {
  const random = randomFrom(seed);
  return Array.from({ length: 30 }, () => {
    const all = 0.7 + 0.6 * random();
    return Array.from(
      { length: layers },
      (_, layer) => all * factor ** (layers - 1 - layer) * (0.8 + 0.4 * random()),
    );
  });
}

const names = (layers: number, name: (layer: number) => string): string[] =>
  Array.from({ length: layers }, (_, layer) => name(layer));

describe('norms by layer', () => {
  const table = (header: string[], rows: number[][]): string =>
    [header.join(','), ...rows.map((row, i) => [i * 10, ...row].join(','))].join('\n') + '\n';

  test.each([
    ['Lightning', (l: number) => `grad_2.0_norm/model.layers.${l}.weight`],
    ['Weights & Biases', (l: number) => `gradients/encoder.layer.${l}.attention.weight`],
    ['Keras', (l: number) => `grad_norm/${l === 0 ? 'dense' : `dense_${l}`}/kernel`],
    ['PyTorch Sequential', (l: number) => `grad_norm/net.${2 * l}.weight`],
  ])('%s names, in natural order whatever the order of the columns', (_, name) => {
    const layers = 12;
    for (const [factor, id] of [
      [0.5, 'layers-vanish'],
      [2, 'layers-explode'],
      [0.95, null],
    ] as const) {
      const rows = layered(factor, layers, 5);
      // Sorted as text, `layers.10` comes before `layers.2`.
      const order = names(layers, name)
        .map((header, layer) => ({ header, layer }))
        .sort((a, b) => (a.header < b.header ? -1 : 1));
      const report = checkUp(
        table(
          ['step', ...order.map(({ header }) => header)],
          rows.map((row) => order.map(({ layer }) => row[layer]!)),
        ),
      );
      expect(foundIn(report)).toEqual(id === null ? [] : [id]);
      if (id !== null) {
        expect(Number(evidenceOf(report)['factorPerLayer'])).toBeCloseTo(factor, 1);
        expect(evidenceOf(report)['layers']).toBe(layers);
      }
    }
  });

  test('one odd layer is no law, and does not hide one', () => {
    const header = ['step', ...names(12, (l) => `grad_norm/layers.${l}.weight`)];
    const odd = (factor: number): string =>
      table(
        header,
        layered(factor, 12, 3).map((row) =>
          row.map((value, l) => (l === 0 ? value * 3000 : value)),
        ),
      );
    expect(foundIn(checkUp(odd(1)))).toEqual([]);
    expect(foundIn(checkUp(odd(0.4)))).toEqual(['layers-vanish']);
  });

  test('biases, normalization, an embedding and a head are no part of the sequence', () => {
    const kinds = (l: number): string[] => [
      `grad_norm/blocks.${l}.mlp.weight`,
      `grad_norm/blocks.${l}.mlp.bias`,
      `grad_norm/blocks.${l}.norm1.weight`,
    ];
    const header = [
      'step',
      'grad_norm/embed.weight',
      ...names(8, String).flatMap((l) => kinds(Number(l))),
      'grad_norm/head.weight',
    ];
    const rows = layered(0.5, 8, 2).map((row) => [
      1e3,
      ...row.flatMap((value) => [value, 1, 1]),
      1e3,
    ]);
    const report = checkUp(table(header, rows));
    expect(report.run.layers.map(({ name }) => name)).toEqual(names(8, (l) => kinds(l)[0]!));
    expect(foundIn(report)).toEqual(['layers-vanish']);
  });

  test('our own log: exact zeros up to a layer, and what float16 loses', () => {
    const layers = names(6, (l) => `net.${2 * l}.weight`);
    const header = { format: 'gradient-lab-log', version: 1, layers, precision: 'float16' };
    const log = (row: (i: number) => object): string =>
      [header, ...Array.from({ length: 30 }, (_, i) => ({ step: i, loss: 3 - i / 20, ...row(i) }))]
        .map((line) => JSON.stringify(line))
        .join('\n');
    const dead = checkUp(log(() => ({ gradientNorm: [0, 0, 1, 1.1, 0.9, 1] })));
    expect(foundIn(dead)).toEqual(['layers-dead']);
    expect(evidenceOf(dead)['lastDeadLayer']).toBe(2);
    const sometimes = checkUp(log((i) => ({ gradientNorm: [i % 2, 0.5, 1, 1.1, 0.9, 1] })));
    expect(foundIn(sometimes)).toEqual([]);
    const lost = { gradientNorm: [1, 1, 1, 1, 1, 1], belowFloat16Share: [0.4, 0.2, 0, 0, 0, 0] };
    expect(foundIn(checkUp(log(() => lost)))).toEqual(['float16-underflow']);
    // Zeros of ReLU are no loss of float16's.
    const zeros = { gradientNorm: [1, 1, 1, 1, 1, 1], zeroShare: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5] };
    expect(foundIn(checkUp(log(() => zeros)))).toEqual([]);
  });
});
