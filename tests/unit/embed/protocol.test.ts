import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMANDS,
  MAX_HEIGHT,
  PROTOCOL,
  readFrameMessage,
  readHostMessage,
  seal,
  THEMES,
  type FrameMessage,
  type HostMessage,
} from '../../../src/embed/protocol';

const hostMessages: HostMessage[] = [
  { type: 'hello' },
  ...COMMANDS.map((type) => ({ type })),
  ...THEMES.map((theme) => ({ type: 'theme' as const, theme })),
  { type: 'configure', parameters: { depth: '30' } },
];
const frameMessages: FrameMessage[] = [
  { type: 'ready', widget: 'vanishing-depth', version: 1, title: 'A title' },
  { type: 'size', height: 480.5 },
  { type: 'frame', state: 'running', result: { loss: [2.3, 'NaN'] } },
  { type: 'done', state: 'diverged', result: { finalLoss: 'Infinity' } },
  { type: 'error', message: 'A sentence.' },
];

describe('the protocol', () => {
  it('reads back every message that it seals', () => {
    for (const message of hostMessages) expect(readHostMessage(seal(message))).toEqual(message);
    for (const message of frameMessages) expect(readFrameMessage(seal(message))).toEqual(message);
  });

  it('ignores another version and an unmarked message', () => {
    for (const message of hostMessages) {
      expect(readHostMessage({ ...message, gradientLab: PROTOCOL + 1 })).toBeNull();
      expect(readHostMessage(message)).toBeNull();
    }
  });

  it('never throws, whatever arrives', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({
        gradientLab: fc.constantFrom(PROTOCOL, '1', 2),
        type: fc.oneof(fc.string(), fc.constantFrom('configure', 'theme', 'size', 'ready', 'done')),
        parameters: fc.anything(),
        theme: fc.anything(),
        height: fc.anything(),
        result: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(anything, (data) => {
        readHostMessage(data);
        readFrameMessage(data);
      }),
    );
  });

  it.each([
    ['a theme of another name', { type: 'theme', theme: 'sepia' }],
    ['parameters that are not text', { type: 'configure', parameters: { depth: 30 } }],
    ['a list for parameters', { type: 'configure', parameters: ['30'] }],
    ['an oversized parameter', { type: 'configure', parameters: { depth: 'x'.repeat(5000) } }],
    [
      'too many parameters',
      {
        type: 'configure',
        parameters: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${i}`, '1'])),
      },
    ],
  ])('refuses %s from a host', (_, message) => {
    expect(readHostMessage({ gradientLab: PROTOCOL, ...message })).toBeNull();
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, MAX_HEIGHT + 1, '400'])(
    'refuses a height of %s from a frame',
    (height) => {
      expect(readFrameMessage({ gradientLab: PROTOCOL, type: 'size', height })).toBeNull();
    },
  );

  it.each([
    ['a state of another name', { state: 'resting', result: {} }],
    ['a result that is a list', { state: 'done', result: [1] }],
    ['a number that is an object', { state: 'done', result: { loss: { toString: 1 } } }],
    ['a list that holds a list', { state: 'done', result: { loss: [[1]] } }],
    ['a list without end', { state: 'done', result: { loss: Array(20_000).fill(0) } }],
    [
      'a result of a thousand names',
      {
        state: 'done',
        result: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${i}`, 0])),
      },
    ],
    ['an oversized word', { state: 'done', result: { loss: 'x'.repeat(5000) } }],
  ])('refuses %s from a frame', (_, message) => {
    expect(readFrameMessage({ gradientLab: PROTOCOL, type: 'done', ...message })).toBeNull();
    expect(readFrameMessage({ gradientLab: PROTOCOL, type: 'frame', ...message })).toBeNull();
  });
});
