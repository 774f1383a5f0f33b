import { describe, expect, it } from 'vitest';
import { filled } from '../../../src/site/predict/curve';
import { holds, judgeCurve, rightChoices } from '../../../src/site/predict/judge';
import { inDigits, plot } from '../../../src/site/predict/plot';
import { readQuestion } from '../../../src/site/predict/read';

const values = { loss: 2.3, 'control.loss': 0.1, step: Infinity, norms: [1e-6, 1e-3, 1], odd: NaN };

describe('a condition', () => {
  it.each([
    [{ value: 'loss', above: 2 }, true],
    [{ value: 'loss', above: 'control.loss', by: 10 }, true],
    [{ value: 'loss', above: 'control.loss', by: 30 }, false],
    [{ value: 'control.loss', below: 'loss', by: 10 }, true],
    [{ value: 'step', finite: false }, true],
    [{ value: 'step', above: 1e9 }, true],
    [{ value: 'norms', at: 2, is: 1e-3 }, true],
    [{ value: 'loss', over: 'control.loss', above: 22, below: 24 }, true],
    [{ value: 'odd', above: 0 }, false],
    [{ value: 'odd', below: 0 }, false],
  ])('%o is %s of a run', (condition, expected) => {
    expect(holds(values, condition)).toBe(expected);
  });
});

describe('a choice', () => {
  const choices = [
    {
      says: 'high',
      when: [
        { value: 'loss', above: 2 },
        { value: 'control.loss', below: 1 },
      ],
    },
    { says: 'low', when: [{ value: 'loss', below: 1 }] },
    { says: 'between' },
  ];
  it('is right where all its conditions hold', () => {
    expect(rightChoices(choices, values)).toEqual([0]);
    expect(rightChoices(choices, { ...values, loss: 0.5 })).toEqual([1]);
  });
  it('without conditions is right where no other is', () => {
    expect(rightChoices(choices, { ...values, loss: 1.5 })).toEqual([2]);
    expect(rightChoices(choices, { ...values, 'control.loss': 2 })).toEqual([2]);
  });
});

describe('a curve', () => {
  const came = [1e-7, 1e-5, 1e-3, 0.1];
  it('is right where more than half of its points lie within the factor', () => {
    expect(judgeCurve([1e-6, 1e-4, 1e-3, 0.1], came, 10, 3)).toEqual({
      near: 3,
      of: 3,
      right: true,
    });
    expect(judgeCurve([0.1, 1e-4, 1e-3, 0.1], came, 10, 3)).toEqual({
      near: 2,
      of: 3,
      right: true,
    });
    expect(judgeCurve([0.1, 0.1, 0.1, 0.1], came, 10, 3)).toEqual({ near: 0, of: 3, right: false });
  });
  it('has no point near one that is zero or no number', () => {
    expect(judgeCurve([1, 1, 1], [0, NaN, 1], 10, 2)).toEqual({ near: 0, of: 2, right: false });
  });
  it('is straight between the points that were set, and level beyond them', () => {
    expect(filled([null, -4, null, null, -1])).toEqual([-4, -4, -3, -2, -1]);
    expect(filled([null, null, -1])).toEqual([-1, -1, -1]);
  });
  it('finds the point and the power under a finger', () => {
    const { xAt, yAt, pointAt, powerAt } = plot({ from: -10, to: 1 }, 11);
    expect([0, 5, 10].map((k) => pointAt(xAt(k) + 8))).toEqual([0, 5, 10]);
    expect(powerAt(yAt(-3))).toBeCloseTo(-3, 12);
    expect([powerAt(-50), powerAt(5000)]).toEqual([1, -10]);
  });
  it('is told in two digits', () => {
    expect([0.2899, 1, 4.34e-7, 1e-6, 25000].map(inDigits)).toEqual([
      ...['0.29', '1', '4.3 × 10⁻⁷', '10⁻⁶', '2.5 × 10⁴'],
    ]);
  });
});

describe('a question of a chapter', () => {
  const sound = {
    of: 'vanishing-depth',
    choices: [
      { says: 'deep', when: { value: 'testAccuracy', above: 'control.testAccuracy' } },
      { says: 'shallow', when: { value: 'control.testAccuracy', above: 'testAccuracy' } },
    ],
  };
  const curve = {
    of: 'vanishing-depth',
    draw: 'initialSignalGradientNorm',
    from: -10,
    to: 1,
    x: 'Layer',
    y: 'n',
  };

  it('takes what judges it from the recorded run that its figure shows', () => {
    const { key, judged, trains, recorded, choices } = readQuestion(sound);
    expect({ key, judged, trains }).toEqual({ key: '', judged: true, trains: true });
    expect(rightChoices(choices, recorded)).toEqual([1]);
    expect(readQuestion(curve).recorded['initialSignalGradientNorm']).toHaveLength(11);
    expect(readQuestion({ choices: ['Yes', 'No'] })).toMatchObject({ of: null, judged: false });
  });

  it.each([
    [{ ...sound, of: undefined }, 'of="…" is missing'],
    [{ ...sound, of: 'vanishing' }, 'There is no widget "vanishing"'],
    [{ ...sound, preset: 'none' }, 'none'],
    [{ ...sound, choices: 'Yes' }, 'choices must be a list'],
    [{ ...sound, choices: [{ say: 'x' }] }, 'a choice is a text'],
    [{ ...sound, choices: [{ says: 'x', when: { value: 'loss', above: 1 } }] }, 'is not recorded'],
    [{ ...sound, choices: [{ says: 'x', when: { value: 'finalLoss' } }] }, 'when must say above'],
    [
      { ...sound, choices: [{ says: 'x', when: { value: 'finalLoss', over: 'x', is: 1 } }] },
      'is not recorded',
    ],
    [
      { ...sound, choices: [{ says: 'x', when: { value: 'finalLoss', abve: 1 } }] },
      'when has no abve',
    ],
    [{ ...sound, choices: [{ says: 'x', when: { value: 'finalLoss', above: 9 } }] }, 'it is none'],
    [
      {
        ...sound,
        choices: [
          { says: 'x', when: { value: 'finalLoss', above: 1 } },
          { says: 'y', when: { value: 'finalLoss', above: 2 } },
        ],
      },
      'it is “x” and “y”',
    ],
    [{ ...curve, draw: 'finalLoss' }, 'is no recorded value with an entry a layer'],
    [{ ...curve, from: -3 }, 'the recorded curve leaves the axes'],
    [{ ...curve, to: -12 }, 'from and to must be whole powers of ten'],
    [{ ...curve, within: 1 }, 'within must be a factor above 1'],
    [{ ...curve, x: undefined }, 'x and y must name the axes'],
    [{ ...curve, choices: ['a'] }, 'give choices or draw'],
  ])('%o is refused: %s', (attributes, sentence) => {
    expect(() => readQuestion(attributes)).toThrow(sentence);
  });
});
