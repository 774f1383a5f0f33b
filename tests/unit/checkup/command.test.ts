import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { root } from '../../config/root.ts';
import type { JsonReport } from '../../../src/checkup/report/report.ts';

const sample = (name: string): string => `tests/checkup/${name}`;

function run(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['src/commands/checkup.ts', ...args],
      { cwd: root },
      (_, out, err) => resolve({ code: child.exitCode!, out, err }),
    );
    child.stdin!.end(input);
  });
}

describe('npm run checkup', () => {
  test('ends with 0 without a fault, 1 with one, 2 where nothing can be read', async () => {
    const [healthy, note, fault, letter] = await Promise.all([
      run([sample('trainer_state.json')]),
      run([sample('megatron-skips.log')]),
      run([sample('swings.csv')]),
      run([sample('not-a-log.txt')]),
    ]);
    expect([healthy.code, note.code, fault.code, letter.code]).toEqual([0, 0, 1, 2]);
    expect(healthy.out).toMatch(/Healthy, as far as this file tells/);
    expect(healthy.out).toMatch(/Not checked, since the file has no loss scale/);
    expect(fault.out).toMatch(/\[rate-too-high, confidence high\]/);
    expect(letter.out).toMatch(/What was looked for, each with an example/);
  });

  test('prints one report for machines, or a list of several', async () => {
    const [one, several] = await Promise.all([
      run(['--json', sample('keras-csvlogger.csv')]),
      run(['--json', sample('trainer_state.json'), sample('not-a-log.txt')]),
    ]);
    const report = JSON.parse(one.out) as JsonReport;
    expect(report).toMatchObject({
      schema: 1,
      file: sample('keras-csvlogger.csv'),
      format: 'keras-csv',
      read: { rows: 30, skipped: 0 },
      findings: [
        { id: 'not-finite', severity: 'fault', confidence: 'high', row: 8, step: null, epoch: 8 },
      ],
    });
    expect(report.findings[0]!.next.join(' ')).toMatch(/Log the norm of the gradient/);
    const list = JSON.parse(several.out) as JsonReport[];
    expect(list.map(({ findings }) => findings.map(({ id }) => id))).toEqual([
      [],
      ['unknown-format'],
    ]);
    expect(several.code).toBe(2);
  });

  test('reads standard input, thresholds and columns', async () => {
    const log = Array.from({ length: 30 }, (_, i) => `t=${i} mine=${3 + (i % 2)}`).join('\n');
    const [clipped, wrong] = await Promise.all([
      run(['-', '--json', '--clip', '2', '--column', 'mine=gradientNorm'], log),
      run(['-', '--column', 'mine=nonsense'], log),
    ]);
    expect((JSON.parse(clipped.out) as JsonReport).findings).toMatchObject([
      { id: 'clipped-always', evidence: { threshold: 2, source: 'given by you' } },
    ]);
    expect(wrong).toMatchObject({
      code: 2,
      err: expect.stringMatching(/roles: step, epoch/) as string,
    });
    expect((await run(['nowhere.log'])).err).toBe('There is no file nowhere.log.\n');
  });
});
