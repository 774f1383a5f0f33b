import { describe, expect, test } from 'vitest';
import { courseOf } from '../../support/checkup/courses.ts';
import {
  event,
  eventFile,
  histogram,
  record,
  simple,
  tensor,
  version,
} from '../../support/checkup/eventFile.ts';
import { checkUp, foundIn, readAll } from '../../support/checkup/read.ts';
import { crc32c } from '../../../src/checkup/read/crc32c.ts';

const ways = { simple, tensor } as const;

describe('TensorBoard event files', () => {
  test('the checksum is that of RFC 3720', () => {
    // Appendix B.4: 32 bytes of zeros, of ones, and counting up.
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });

  test.each(Object.keys(ways) as (keyof typeof ways)[])('%s scalars are read', (way) => {
    const write = ways[way];
    const rows = courseOf('explodes', 1);
    const file = eventFile(
      ...rows.flatMap((row) => [
        event(row.step, write('train/loss', row.loss)),
        event(row.step, write('train/grad_norm', row.norm), histogram('weights')),
      ]),
    );
    const report = checkUp(file, 'events.out.tfevents.1');
    expect(report.reading.format).toBe('tensorboard-events');
    expect(report.reading.table.rows).toBe(rows.length);
    expect(report.run.loss!.values[3]).toBeCloseTo(rows[3]!.loss, 5);
    expect(report.run.stepOf(3)).toBe(rows[3]!.step);
    expect(report.reading.left).toMatchObject([{ count: rows.length }]);
    expect(foundIn(report)).toEqual(['gradient-explodes', 'not-finite']);
  });

  test('scalars as lists of floats and of doubles, and large steps', () => {
    const { table } = readAll(
      eventFile(
        event(5_000_000_000, tensor('loss', 0.5, 'float'), tensor('grad_norm', 0.1, 'double')),
        event(5_000_000_001, tensor('loss', 0.25, 'float'), tensor('grad_norm', 1e-300, 'double')),
      ),
    );
    expect([...table.columns.get('step')!.values.view()]).toEqual([5e9, 5e9 + 1]);
    expect([...table.columns.get('loss')!.values.view()]).toEqual([0.5, 0.25]);
    expect([...table.columns.get('grad_norm')!.values.view()]).toEqual([0.1, 1e-300]);
  });

  test('comes in pieces of any size', () => {
    const file = eventFile(
      ...courseOf('healthy', 2).map((row) => event(row.step, simple('loss', row.loss))),
    );
    const whole = readAll(file).table.columns.get('loss')!.values.view();
    for (const piece of [1, 7, 100, 65536])
      expect([...readAll(file, 'x', piece).table.columns.get('loss')!.values.view()]).toEqual([
        ...whole,
      ]);
  });

  test('a damaged record is left out, and the rest is read', () => {
    const events = [1, 2, 3].map((step) => event(step, simple('loss', step)));
    const file = eventFile(...events);
    const first = record(version()).length + record(events[0]!).length;
    const broken = Uint8Array.from(file);
    broken[first + 20] = broken[first + 20]! ^ 1;
    const { table, damage } = readAll(broken);
    expect([...table.columns.get('loss')!.values.view()]).toEqual([1, 3]);
    expect(damage).toEqual([{ at: first, what: expect.stringContaining('record 3') as string }]);
  });

  test('behind a damaged length nothing can be found, and the place is said', () => {
    const events = [1, 2, 3].map((step) => event(step, simple('loss', step)));
    const file = eventFile(...events);
    const first = record(version()).length + record(events[0]!).length;
    const broken = Uint8Array.from(file);
    broken[first] = broken[first]! ^ 1;
    const { table, damage } = readAll(broken);
    expect(table.rows).toBe(1);
    expect(damage).toEqual([
      { at: first, what: expect.stringContaining('length of record 3') as string },
    ]);
  });

  test('a torn file gives what stands before the tear', () => {
    const file = eventFile(...[1, 2, 3].map((step) => event(step, simple('loss', step))));
    const { table, damage } = readAll(file.subarray(0, file.length - 5));
    expect(table.rows).toBe(2);
    expect(damage).toMatchObject([{ what: 'the file ends within record 4' }]);
  });
});
