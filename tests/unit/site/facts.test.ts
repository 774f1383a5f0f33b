import { describe, expect, test } from 'vitest';
import type { Recording } from '../../../src/kit/widget';
import { conditionOf, holding } from '../../../src/site/facts/condition';
import { FACTS, tellFact } from '../../../src/site/facts';
import { measure } from '../../../src/site/facts/measure';
import { perRun } from '../../../src/site/facts/quantity';
import { shareInWords, total } from '../../../src/site/facts/words';
import { getRecording } from '../../../src/registry/server';

const recording: Recording = {
  key: '',
  version: 1,
  backend: 'captured',
  versions: {},
  seeds: [1, 2, 3, 4],
  result: null,
  values: {
    loss: [2, 1, NaN, 4],
    start: [1, 2, 3, 4],
    end: [2, 2, 9, 4],
    layers: [
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
    ],
  },
};

describe('a quantity of each run', () => {
  test('is a value, an entry of it, or its ratio to another of the same run', () => {
    expect(perRun(recording, { value: 'start' })).toEqual([1, 2, 3, 4]);
    expect(perRun(recording, { value: 'layers', at: 2 })).toEqual([10, 20, 30, 40]);
    expect(perRun(recording, { value: 'end', over: 'start' })).toEqual([2, 1, 3, 1]);
  });

  test('is refused where there is no such value or entry', () => {
    expect(() => perRun(recording, { value: 'los' })).toThrow(
      'value="los" is not recorded; the values are loss, start, end, layers.',
    );
    expect(() => perRun(recording, { value: 'layers', at: 3 })).toThrow('has 2 entries');
    expect(() => perRun(recording, { value: 'start', at: 1 })).toThrow('takes no at');
  });
});

describe('a measured number', () => {
  test('is the median, with the range behind it', () => {
    expect(measure(recording, { value: 'end', over: 'start' })).toEqual({
      value: 1.5,
      text: '1.5',
      detail: 'median of 4 seeds, from 1 to 3',
      range: [1, 3],
    });
  });

  test('is said to be the same where all runs have it', () => {
    const values = { ...recording.values, loss: [2, 2, 2, 2] };
    expect(measure({ ...recording, values }, { value: 'loss' })).toMatchObject({
      ...{ text: '2', detail: 'the same in each of 4 seeds' },
    });
  });

  test('is refused over runs of which some are not finite, unless it says how many it leaves out', () => {
    expect(() => measure(recording, { value: 'loss' })).toThrow(
      'value="loss" is not finite in 1 of 4 runs, so a median over all of them says nothing',
    );
    expect(measure(recording, { value: 'loss' }, { finite: true })).toMatchObject({
      value: 2,
      text: '2 (3 of 4)',
      detail: 'median of the 3 of 4 seeds that stayed finite, from 1 to 4',
    });
  });
});

describe('a step that does not come in every run', () => {
  const told = (solvedStep: number[]) =>
    measure({ ...recording, values: { solvedStep } }, { value: 'solvedStep' }, { finite: true });

  test('is said to come never where it comes in none', () => {
    expect(told([Infinity, Infinity, Infinity, Infinity])).toMatchObject({
      ...{ value: Infinity, text: 'never', detail: 'in none of 4 seeds' },
    });
  });

  test('is the median of those in which it comes', () => {
    expect(told([30, Infinity, 10, 20])).toMatchObject({
      text: '20 (3 of 4)',
      detail: 'median of the 3 of 4 seeds in which it comes, from 10 to 30',
    });
  });

  test('is no step where the number is none', () => {
    expect(told([NaN, NaN, NaN, NaN])).toMatchObject({
      ...{ text: 'NaN', detail: 'no finite number in any of 4 seeds' },
    });
  });
});

describe('a condition', () => {
  const found = (value: string, asked: object) =>
    holding(recording, { value }, conditionOf(asked as Record<string, unknown>)!);

  test('holds or not in each run; what is no number is neither above nor below', () => {
    expect(found('loss', { above: 1.5 })).toEqual([true, false, false, true]);
    expect(found('loss', { below: 100 })).toEqual([true, true, false, true]);
    expect(found('loss', { finite: false })).toEqual([false, false, true, false]);
    expect(found('end', { is: 2 })).toEqual([true, true, false, false]);
    expect(found('end', { above: 'start' })).toEqual([true, false, true, false]);
    expect(found('end', { above: 'start', by: 2.5 })).toEqual([false, false, true, false]);
    expect(found('end', { above: 1, below: 5 })).toEqual([true, true, false, true]);
  });

  test.each([
    [{ above: true }, 'above must be a number or the name of a value'],
    [{ is: 'x' }, 'is must be a number'],
    [{ by: 2 }, 'give one of them'],
    [{ finite: 1 }, 'finite must be given, or be {false}'],
  ])('is refused: %j', (asked, sentence) => {
    expect(() => conditionOf(asked)).toThrow(sentence);
  });
});

describe('counts in words', () => {
  test.each([
    [0, 10, 'none of ten runs'],
    [3, 10, 'three of ten runs'],
    [10, 10, 'all ten runs'],
    [2, 2, 'both runs'],
    [17, 20, 'seventeen of twenty runs'],
    [30, 40, '30 of 40 runs'],
    [1, 1, 'the one run'],
    [0, 1, 'not the one run'],
  ])('%i of %i', (count, of, words) => {
    expect(shareInWords(count, of, 'runs')).toBe(words);
  });

  test('of all runs, and without a noun', () => {
    expect(total(10, 'draws')).toBe('ten draws');
    expect(total(1, 'runs')).toBe('one run');
    expect(shareInWords(4, 10, '')).toBe('four of ten');
  });
});

/** The recorded losses of a race at depth 20, medians by name. */
const race = getRecording('activation-race', 'depth=20&field=all&steps=400').values;
const medianOf = (name: string) =>
  measure({ ...recording, values: race }, { value: `${name}.finalLoss` }).value;
const race20 = { of: 'activation-race', preset: 'cure', value: 'finalLoss' };

describe('facts of the recordings', () => {
  test('count', () => {
    const told = tellFact('Counted', {
      of: 'vanishing-depth',
      preset: 'ablationRelu',
      value: 'activationAlone.finalLoss',
      above: 2.303,
    });
    const runs = getRecording('vanishing-depth', 'compare=reluParts').values[
      'activationAlone.finalLoss'
    ] as number[];
    const count = runs.filter((loss) => loss > 2.303).length;
    expect(told.value).toBe(count);
    expect(told.text).toBe(shareInWords(count, runs.length, 'runs'));
    expect(told.detail).toContain(`${count} of ${runs.length} seeds. The runs: `);
    expect(tellFact('Counted', { of: 'vanishing-depth', capital: true }).text).toBe('Ten runs');
  });

  test('rank by the medians, and call networks as prose does', () => {
    const told = tellFact('Ranked', { ...race20, smallest: true, leading: 2, except: 'silu' });
    const names = [
      'elu',
      'selu',
      'tanh',
      'relu',
      'linear',
      'gelu',
      'geluTanh',
      'leakyRelu',
      'sigmoid',
      'softplus',
      'sigmoidRecentred',
    ];
    const [first, second] = names.sort((a, b) => medianOf(a) - medianOf(b));
    expect(told.text.toLowerCase()).toBe(`${first} and ${second}`);
    expect(tellFact('Ranked', { ...race20, smallest: true, except: 'silu', above: 2.2 }).text).toBe(
      'sigmoid and softplus',
    );
  });

  test('rank by the change against another preset', () => {
    const told = tellFact('Ranked', {
      ...race20,
      against: 'orthogonal',
      by: 'ratio',
      largest: true,
      among: 'tanh relu',
      numbers: true,
      names: 'relu: the rectifier',
    });
    expect(told.text).toMatch(/\([\d.]+\) and .*\([\d.]+\)$/);
    expect(told.text).toContain('the rectifier (');
  });

  test('rank settings that differ in one parameter', () => {
    const told = tellFact('Ranked', {
      of: 'activation-explorer',
      value: 'conditionNumber',
      across: 'activation',
      largest: true,
      leading: 1,
    });
    expect(told.text).toBe('sigmoid');
  });

  test('check a phrase', () => {
    const phrase = { ...race20, value: 'tanh.finalLoss', below: 'sigmoid.finalLoss' };
    expect(tellFact('Checked', phrase).detail).toContain('in 20 of 20 seeds');
    expect(() => tellFact('Checked', { ...phrase, below: 0.01, in: 'median' })).toThrow(
      'the recordings contradict the phrase: tanh.finalLoss is below 0.01 in ',
    );
    expect(() => tellFact('Checked', { ...phrase, only: true })).toThrow('so it is not only');
  });

  test.each([
    ['Ranked', { ...race20, smallest: true }, 'silu.finalLoss is not finite in '],
    ['Ranked', { ...race20, except: 'silu' }, 'give one of largest and smallest'],
    [
      'Ranked',
      { ...race20, smallest: true, except: 'silly' },
      'there is no "silly" to rank; there are ',
    ],
    [
      'Ranked',
      { ...race20, smallest: true, except: 'silu', against: 'adam' },
      'by must be "ratio" or "difference"',
    ],
    [
      'Ranked',
      { ...race20, smallest: true, among: 'relu tanh', leading: 3 },
      'there are 2 networks to rank, fewer than 3',
    ],
    [
      'Ranked',
      { ...race20, smallest: true, among: 'relu tanh', above: 9 },
      'no network meets this',
    ],
    ['Counted', race20, 'give above, below, is or finite: what is counted is missing.'],
    [
      'Checked',
      { ...race20, value: 'tanh.finalLoss', above: 0, in: 'few' },
      'in="few" must be one of all, most',
    ],
    ['Measured', { ...race20, value: undefined }, 'value="…" is missing'],
    ['Measured', { ...race20, depht: 3 }, 'depht'],
    ['Measured', { of: 'nothing' }, 'no widget "nothing"'],
  ])('%s is refused: %j', (tag, attributes, sentence) => {
    expect(() => tellFact(tag, attributes)).toThrow(sentence);
  });
});

test('no attribute of a fact is a parameter of a widget', async () => {
  const { widgets } = await import('../../../src/registry/server');
  const own = new Set(Object.values(FACTS).flatMap((kind) => kind.own));
  for (const widget of widgets.values())
    expect(Object.keys(widget.params).filter((name) => own.has(name))).toEqual([]);
});
