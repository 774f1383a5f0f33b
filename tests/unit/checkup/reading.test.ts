import { describe, expect, test } from 'vitest';
import { courseOf } from '../../support/checkup/courses.ts';
import { forms } from '../../support/checkup/forms.ts';
import { checkUp, foundIn, readAll } from '../../support/checkup/read.ts';
import type { Role } from '../../../src/checkup/read/names.ts';
import { pairsOn } from '../../../src/checkup/read/pairs.ts';

const column = (content: string | Uint8Array, name: string): number[] => [
  ...(readAll(content).table.columns.get(name)?.values.view() ?? []),
];

describe('names and numbers on a line', () => {
  const pairs = (line: string): Record<string, number> =>
    Object.fromEntries(pairsOn(line).map(({ name, value }) => [name, value]));

  test('are told apart in every way of writing them', () => {
    expect(pairs("{'loss': '2.45', 'grad_norm': nan, 'epoch': 0.5}")).toEqual({
      loss: 2.45,
      grad_norm: NaN,
      epoch: 0.5,
    });
    expect(pairs('iter 100: loss 1.25, time 12.5ms, mfu 3.20%')).toMatchObject({
      iter: 100,
      loss: 1.25,
    });
    expect(pairs('step 5/100 | train loss 4.5 | norm 2.25 | lr 3e-4')).toMatchObject({
      'train loss': 4.5,
      norm: 2.25,
      lr: 3e-4,
    });
    expect(pairs('100/100 ━━━━ 0s 1ms/step - accuracy: 0.5 - loss: 1.25')).toMatchObject({
      accuracy: 0.5,
      loss: 1.25,
    });
    expect(pairs('Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.291')).toMatchObject({ Loss: 2.291 });
    expect(pairs('loss=-inf,acc=.5')).toEqual({ loss: -Infinity, acc: 0.5 });
  });

  test('times and dates are no numbers', () => {
    expect(pairs('2024-05-01 10:00:01 INFO eta: 1:02:03 loss: 2.5')).toEqual({ loss: 2.5 });
    expect(pairs('eta: 0:10:00  loss: 6.9 (7.1)  time: 0.49')).toEqual({ loss: 6.9, time: 0.49 });
  });
});

describe('bytes', () => {
  const text = `${forms['csv']!(courseOf('spikes', 3))}\n`;
  const units = (value: string): number[] =>
    Array.from(value, (char) => char.charCodeAt(0)).flatMap((code) => [code & 255, code >> 8]);

  test('UTF-16, with and without a mark, and UTF-8 with one', () => {
    const little = Uint8Array.from([0xff, 0xfe, ...units(text)]);
    const unmarked = Uint8Array.from(units(text));
    const big = Uint8Array.from([0xfe, 0xff, ...units(text)].map((_, i, all) => all[i ^ 1]!));
    big.set([0xfe, 0xff]);
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]);
    for (const bytes of [little, unmarked, big, marked]) {
      expect(column(bytes, 'loss')).toEqual(column(text, 'loss'));
      expect(column(bytes, 'step')).toHaveLength(70);
    }
  });

  test('pieces of any size give the same', () => {
    for (const form of ['csv', 'json', 'mmengine', 'trainer-state'] as const) {
      const content = forms[form]!(courseOf('dies', 1));
      const whole = readAll(content);
      for (const piece of [1, 13, 4096]) {
        const read = readAll(content, 'x', piece);
        expect(read.format).toBe(whole.format);
        expect(read.table.rows).toBe(whole.table.rows);
      }
    }
  });

  test('a pickle is never opened, and it is said why', () => {
    for (const bytes of [
      [0x80, 2, 0x8a, 10],
      [0x80, 4, 0x95],
      [0x50, 0x4b, 3, 4, ...new TextEncoder().encode('archive/data.pkl')],
    ]) {
      const { unreadable, table } = readAll(Uint8Array.from(bytes));
      expect(unreadable?.kind).toBe('pickle');
      expect(unreadable?.message).toMatch(/runs code/);
      expect(table.rows).toBe(0);
    }
    expect(readAll(Uint8Array.from([0x1f, 0x8b, 8])).unreadable?.kind).toBe('compressed');
    expect(readAll(Uint8Array.from([1, 0, 0, 2, 9])).unreadable?.kind).toBe('other-binary');
    expect(readAll('').unreadable?.kind).toBe('empty');
  });
});

describe('what stands in a file every day', () => {
  const line = (step: number, loss: number, norm = 1): string =>
    `step=${step} loss=${loss} grad_norm=${norm}`;

  test('carriage returns, colours and progress bars', () => {
    const redrawn = Array.from(
      { length: 5 },
      (_, i) => `\r ${i}/5 [00:01<00:02]\u001b[K\u001b[32m${line(i, 2)}\u001b[0m`,
    ).join('');
    expect(column(redrawn + '\n', 'step')).toEqual([0, 1, 2, 3, 4]);
  });

  test('several processes: the one that tells numbers first is read', () => {
    const text = Array.from({ length: 6 }, (_, i) =>
      [`[rank1]: warning`, `[rank0]: ${line(i, 2 - i / 10)}`, `[rank1]: ${line(i, 9)}`].join('\n'),
    ).join('\n');
    const reading = readAll(`${text}\n`);
    expect([...reading.table.columns.get('loss')!.values.view()]).not.toContain(9);
    expect(reading.left.map(({ reason }) => reason)).toContain('lines of another process');
  });

  test('without prefixes the same step again is left out', () => {
    const text = Array.from({ length: 20 }, (_, i) => `${line(i, 2)}\n${line(i, 2.5)}\n`).join('');
    const { run } = checkUp(text);
    expect(run.loss!.values).toHaveLength(20);
    expect(run.omitted).toEqual([{ reason: 'the same step again', rows: 20 }]);
  });

  test('a restart takes the place of what it overtakes', () => {
    const first = [1, 2, 3, 4, 5, 6].map((step) => line(step * 10, 2, step > 4 ? NaN : 1));
    const again = [5, 6, 7, 8].map((step) => line(step * 10, 1.5));
    const { run, findings } = checkUp(`${[...first, ...again].join('\n')}\n`);
    expect([...run.gradientNorm!.values]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(run.omitted).toEqual([{ reason: 'overtaken by a restart at an earlier step', rows: 2 }]);
    expect(findings).toEqual([]);
  });

  test('a step that begins anew with each epoch is no restart', () => {
    const text = [1, 2, 3]
      .flatMap((epoch) =>
        [1, 2, 3, 4].map((iter) => `epoch=${epoch} iter=${iter} loss=${3 - epoch / 2 - iter / 20}`),
      )
      .join('\n');
    expect(checkUp(`${text}\n`).run.loss!.values).toHaveLength(12);
  });

  test('validation is no training', () => {
    const text =
      '2024/05/11 22:18:00 - mmengine - INFO - Epoch(train) [1][10/20]  loss: 2.5  grad_norm: 1\n' +
      '2024/05/11 22:18:00 - mmengine - INFO - Epoch(val) [1][20/20]  loss: 9.5\n' +
      '2024/05/11 22:18:00 - mmengine - INFO - Epoch(train) [2][10/20]  loss: 2.25  grad_norm: 1\n';
    const { run } = checkUp(text);
    expect([...run.loss!.values]).toEqual([2.5, 2.25]);
    expect([run.stepOf(0), run.stepOf(2)]).toEqual([10, 30]);
  });

  test('repeated and longer headers, CRLF, and a torn last line', () => {
    const text =
      'step,loss\r\n1,2.5\r\nstep,loss\r\n2,2.25\r\nstep,loss,grad_norm\r\n3,2,1\r\n4,1.75,0.1';
    const { table, left } = readAll(text);
    expect([...table.columns.get('loss')!.values.view()]).toEqual([2.5, 2.25, 2, 1.75]);
    // Its last number may have been cut: 0.1 of 0.125.
    expect([...table.columns.get('grad_norm')!.values.view()]).toEqual([1]);
    expect(left.map(({ reason }) => reason)).toEqual(['header again']);
  });

  test('a threshold that is printed among the arguments counts', () => {
    const text = `max_grad_norm=0.5,\n${Array.from({ length: 20 }, (_, i) => line(i, 2 - i / 20, 0.8 + (i % 3) / 10)).join('\n')}\n`;
    const report = checkUp(text);
    expect(foundIn(report)).toEqual(['clipped-always']);
    expect(report.findings[0]!.evidence).toMatchObject({ threshold: 0.5, share: 1 });
    expect(foundIn(checkUp(text.replace('0.5', '5')))).toEqual([]);
  });

  test('a trainer’s default counts only where the norm is far above it', () => {
    const healthy = forms['huggingface-trainer']!(
      courseOf('healthy', 1).map((row) => ({ ...row, norm: 4 })),
    );
    expect(foundIn(checkUp(healthy))).toEqual([]);
    expect(foundIn(checkUp(healthy, 'x', { given: { clip: 3 } }))).toEqual(['clipped-always']);
    const large = healthy.replaceAll("'grad_norm': 4", "'grad_norm': 34");
    const report = checkUp(large);
    expect(foundIn(report)).toEqual(['clipped-always']);
    expect(report.findings[0]!.told).toMatch(/default of the Hugging Face Trainer/);
  });

  test('unknown names can be given a meaning by the reader', () => {
    const rows = courseOf('dies', 4).map(
      ({ step, loss, norm }) => `t=${step} L=${loss} g2=${norm}`,
    );
    const text = `${rows.join('\n')}\n`;
    expect(checkUp(text).assignments).toMatchObject([
      { column: 't', role: 'step', sure: false },
      { column: 'L', role: 'other' },
      { column: 'g2', role: 'other' },
    ]);
    expect(foundIn(checkUp(text))).toEqual([]);
    const chosen = new Map<string, Role>([
      ['L', 'loss'],
      ['g2', 'gradientNorm'],
    ]);
    expect(foundIn(checkUp(text, 'x', { chosen }))).toEqual(['not-finite']);
  });

  test('a newer version of our own log is refused', () => {
    const text = '{"format": "gradient-lab-log", "version": 2}\n{"step": 1, "loss": 2}\n';
    expect(readAll(text).unreadable).toMatchObject({ kind: 'newer-version' });
  });
});
