import { describe, expect, test } from 'vitest';
import calibration from '../../../src/checkup/calibration.json' with { type: 'json' };
import { severities } from '../../../src/checkup/find/finding.ts';
import { thresholds } from '../../../src/checkup/find/thresholds.ts';
import { advice } from '../../../src/checkup/report/advice.ts';
import { collectSymptoms } from '../../../src/site/symptoms/symptom.ts';
import { widgets } from '../../../src/registry/server.ts';
import { contentFiles } from '../../support/known.ts';

describe('the recorded calibration', () => {
  test('is of the thresholds that the rules use', () => {
    const used = (name: string): unknown =>
      name
        .split('.')
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], thresholds);
    for (const { name, value } of calibration.thresholds) expect(used(name), name).toBe(value);
    expect(calibration.thresholds.length).toBeGreaterThan(5);
  });

  test('is of at least 2000 runs, and counts every finding', () => {
    expect(calibration.runs).toBeGreaterThanOrEqual(2000);
    expect(calibration.findings.map(({ id }) => id).sort()).toEqual(Object.keys(severities).sort());
    for (const { faults, found, healthy, accused } of calibration.findings) {
      expect(found).toBeLessThanOrEqual(faults);
      expect(accused).toBeLessThanOrEqual(healthy);
    }
  });

  test('accuses no more than one healthy run in fifty, but where the page says so', () => {
    const beyond = calibration.findings
      .filter(({ healthy, accused }) => accused > 0.02 * healthy)
      .map(({ id }) => id);
    // A loss within its scatter while the accuracy, which the log lacks, has begun to rise.
    expect(beyond.filter((id) => id !== 'stalled-at-chance')).toEqual([]);
  });
});

describe('advice', () => {
  test('names chapters and presets that are there', () => {
    const chapters = contentFiles.map(({ path }) => path.replace(/^content\/|\.mdx$/g, ''));
    for (const { chapter, preset } of Object.values(advice)) {
      expect(chapters).toContain(chapter.slug);
      expect(Object.keys(widgets.get(preset.widget)?.presets ?? {}), preset.widget).toContain(
        preset.preset,
      );
    }
  });

  test('leads to sections of the guide that treat a symptom', () => {
    const guide = contentFiles.find(({ path }) => path === 'content/guide.mdx')!;
    const sections = collectSymptoms('guide', guide.text).map(({ id }) => id);
    for (const { symptom } of Object.values(advice)) expect(sections).toContain(symptom);
  });
});
