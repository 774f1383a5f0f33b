import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import bibliography from '../../../content/bibliography.json' with { type: 'json' };
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import experiment from '../../../src/widgets/imagenet-winners/experiment';
import { published } from '../../../src/widgets/imagenet-winners/published';
import {
  annotators,
  entries,
  milestones,
  READ,
  residual,
  withoutShortcuts,
} from '../../../src/widgets/imagenet-winners/results';
import widget from '../../../src/widgets/imagenet-winners/widget';

const say = sayFor();
const text = readFileSync('content/networks-that-won.mdx', 'utf8');

/** "Zeiler & Fergus 2014", "He et al. 2016", as the tables name sources. */
const named = bibliography.map(({ author = [], issued }) => {
  const [first, second, ...more] = author.map((one) => ('family' in one ? one.family : ''));
  const authors =
    second === undefined ? first : more.length > 0 ? `${first} et al.` : `${first} & ${second}`;
  return `${authors} ${issued?.['date-parts'][0]![0]}`;
});

describe('the results', () => {
  test('have sources that the bibliography has', () => {
    for (const { source } of [...entries, ...milestones]) {
      const [who = ''] = source.replace(/b(?=,)/, '').split(',');
      expect(named, source).toContain(who);
    }
  });

  test('have one winner a year without extra data, each better than the one before', () => {
    const winners = entries.filter(({ won, extraData }) => won && !extraData);
    expect(winners.map(({ year }) => year)).toEqual([
      2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017,
    ]);
    winners.slice(1).forEach(({ error }, i) => expect(error).toBeLessThan(winners[i]!.error));
  });

  test('agree with the slide’s numbers when rounded', () => {
    const slide = [28, 26, 16, 12, 7.3, 6.7, 3.6, 3.0, 2.25];
    const ours = entries.filter(({ extraData }) => !extraData).map(({ error }) => error);
    for (const number of slide) {
      const digits = (String(number).split('.')[1] ?? '').length || (number < 10 ? 1 : 0);
      expect(ours.some((error) => Math.abs(error - number) < 0.5 * 10 ** -digits + 1e-9)).toBe(
        true,
      );
    }
  });

  test('are those that the chapter tells', () => {
    expect(text).toContain('as they could be read on 29 November 2026');
    expect(READ).toBe('2026-11-29');
    const single = [...withoutShortcuts, ...residual];
    const error = (name: string) => single.find((one) => one.name === name)!.error;
    expect(text).toContain(
      `from ${error('ResNet-34')} percent with 34 layers to ${error('ResNet-152')}`,
    );
    expect(text).toContain(`has ${error('plain-34')} percent`);
    for (const { error: own, practised, images } of annotators)
      for (const number of [published(own, say), String(practised), String(images)])
        expect(text).toContain(number);
  });

  test('are written with the decimals of their source', () => {
    expect([12, 2.991, 88.55].map((value) => published(value, say))).toEqual([
      '12.0',
      '2.991',
      '88.55',
    ]);
  });
});

describe('the widget', () => {
  test.each(['problem', 'since'])('tells its preset %s and draws one figure', (preset) => {
    const settings = presetSettings(widget, preset);
    expect(widget.describe(settings, experiment(), say)).toMatch(/\.$/);
    const shown = widget.figures.filter((figure) => figure.shown?.(settings) ?? true);
    expect(shown).toHaveLength(1);
  });
});
