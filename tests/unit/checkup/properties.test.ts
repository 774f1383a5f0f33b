import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/commands/calibrate/random';
import { courseOf, expected, type Fault } from '../../support/checkup/courses.ts';
import { forms } from '../../support/checkup/forms.ts';
import { checkUp, foundIn } from '../../support/checkup/read.ts';

const faults = Object.keys(expected) as Fault[];
const byLines = Object.keys(forms).filter(
  (form) => !['trainer-state', 'json', 'keras-history'].includes(form),
);

/** Each fault in each form that has lines, before and after a change. */
function unchanged(change: (text: string, random: () => number) => string): void {
  for (const form of byLines)
    for (const fault of faults) {
      const text = `${forms[form]!(courseOf(fault, 7))}\n`;
      const changed = change(text, randomFrom(form.length * 31 + fault.length));
      expect(foundIn(checkUp(changed)), `${fault} as ${form}`).toEqual(foundIn(checkUp(text)));
    }
}

const between = [
  'Traceback (most recent call last):',
  '  warnings.warn(',
  '-----',
  'Saving model to /tmp/x',
];

describe('no finding changes', () => {
  test('when the last line is torn', () =>
    unchanged((text, random) => text.slice(0, -1 - Math.floor(40 * random()))));

  test('when unrelated lines stand between', () =>
    unchanged((text, random) =>
      text
        .split('\n')
        .flatMap((line, i) =>
          i > 2 && random() < 0.2 ? [between[Math.floor(4 * random())]!, line] : [line],
        )
        .join('\n'),
    ));

  test('when lines are coloured', () =>
    unchanged((text, random) =>
      text
        .split('\n')
        .map((line) =>
          random() < 0.5 ? `\u001b[1;3${Math.floor(8 * random())}m${line}\u001b[0m` : line,
        )
        .join('\n'),
    ));

  test('when lines end as on Windows', () => unchanged((text) => text.replaceAll('\n', '\r\n')));
});
