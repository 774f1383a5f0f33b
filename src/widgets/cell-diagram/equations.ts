/** The equations of each cell as data, forwards and backwards, with the numbers of one time step. */
import type { Say } from '../../kit/say';
import { arrivals, NAMES, type PartId, type Parts } from './parts';
import type { Trace } from './trace';

/** A letter of a formula: of this time step, of the one before or of the one after. */
export interface Letter {
  part: PartId;
  letter: string;
  when?: 'before' | 'after';
  /** The letter's gradient, ∂L/∂ of it, in its place. */
  gradient?: boolean;
}

/** A sign or a name, a weight or bias with its index (`W:xf`), or a letter that belongs to a part. */
export type Piece = string | Letter;

export interface Equation {
  /** What it computes. */
  part: PartId;
  pieces: readonly Piece[];
  /** The same with this time step's numbers. */
  numbers: string;
  /** What it says, for those who listen. */
  told: string;
}

const of = (part: PartId, letter: string = part): Letter => ({ part, letter });
const before = (part: PartId, letter: string): Letter => ({ part, letter, when: 'before' });
const d = (part: PartId, letter: string = part): Letter => ({ part, letter, gradient: true });

const C = of('memory', 'c');
const C_BEFORE = before('memoryBefore', 'c');
const H = of('h');
const H_BEFORE = before('before', 'h');

/** A gate's or the candidate's map of the input and the last output. */
const mapOf = (letter: PartId, activation: string, state: Piece[] = [H_BEFORE]): Piece[] => [
  of(letter),
  '=',
  activation,
  '(',
  `W:x${letter}`,
  { part: 'x', letter: 'x' },
  '+',
  `W:h${letter}`,
  ...state,
  '+',
  `b:${letter}`,
  ')',
];

/** The equations of a time step, as they are read in a direction. */
export function equationsAt(
  trace: Trace,
  timeStep: number,
  parts: Parts,
  backwards: boolean,
  say: Say,
): Equation[] {
  const value = (part: PartId): string => say.number(parts[part]?.value ?? NaN, 2);
  const slope = (part: PartId): string => say.number(parts[part]?.gradient ?? NaN, 2);
  const equation = (part: PartId, pieces: Piece[], numbers: string): Equation => ({
    ...{ part, pieces, numbers },
    told: `${capital(NAMES[part])}${backwards ? ', its gradient' : ''}: ${numbers}`,
  });
  const forwards = (part: PartId, pieces: Piece[], right = ''): Equation =>
    equation(part, pieces, right === '' ? value(part) : `${value(part)} = ${right}`);
  const gradient = (part: PartId, letter: string, pieces: Piece[], right: string): Equation =>
    equation(part, [d(part, letter), '=', ...pieces], `${slope(part)} = ${right}`);
  const { cell } = trace;
  if (cell === 'lstm' && !backwards)
    return [
      forwards('f', mapOf('f', 'σ')),
      forwards('i', mapOf('i', 'σ')),
      forwards('g', mapOf('g', 'tanh')),
      forwards('o', mapOf('o', 'σ')),
      forwards(
        'memory',
        [C, '=', of('f'), '⊙', C_BEFORE, '+', of('i'), '⊙', of('g')],
        `${value('f')} · ${value('memoryBefore')} + ${value('i')} · ${value('g')}`,
      ),
      forwards(
        'h',
        [H, '=', of('o'), '⊙', 'tanh', { part: 'shown', letter: 'c' }],
        `${value('o')} · ${value('shown')}`,
      ),
    ];
  if (cell === 'lstm') {
    const { later, output } = arrivals(trace, timeStep);
    return [
      equation('h', [d('h')], slope('h')),
      gradient(
        'memory',
        'c',
        [
          d('h'),
          '⊙',
          of('o'),
          '⊙',
          '(1 − tanh²',
          C,
          ')',
          '+',
          { part: 'memory', letter: 'c', when: 'after', gradient: true },
          '⊙',
          { part: 'f', letter: 'f', when: 'after' },
        ],
        `${say.number(output, 2)} + ${say.number(later, 2)}`,
      ),
      gradient('o', 'o', [d('h'), '⊙', 'tanh', C], `${slope('h')} · ${value('shown')}`),
      gradient('g', 'g', [d('memory', 'c'), '⊙', of('i')], `${slope('memory')} · ${value('i')}`),
      gradient('i', 'i', [d('memory', 'c'), '⊙', of('g')], `${slope('memory')} · ${value('g')}`),
      gradient(
        'f',
        'f',
        [d('memory', 'c'), '⊙', C_BEFORE],
        `${slope('memory')} · ${value('memoryBefore')}`,
      ),
      equation(
        'memoryBefore',
        ['along', d('memory', 'c'), '⊙', of('f')],
        `${slope('memoryBefore')} = ${slope('memory')} · ${value('f')}`,
      ),
    ];
  }
  if (cell === 'rnn')
    return backwards
      ? [
          equation('h', [d('h')], slope('h')),
          gradient(
            'sum',
            'z',
            [d('h'), '⊙', '(1 −', of('h'), '²)'],
            `${slope('h')} · ${say.number(1 - (parts.h?.value ?? NaN) ** 2, 2)}`,
          ),
          equation('before', ['Wᵀ:h', 'δ:'], slope('before')),
        ]
      : [
          forwards('sum', [
            of('sum', 'z'),
            '=',
            'W:h',
            H_BEFORE,
            '+',
            'W:x',
            { part: 'x', letter: 'x' },
            '+',
            'b:',
          ]),
          forwards('h', [H, '=', 'tanh', of('sum', 'z')], `tanh ${value('sum')}`),
        ];
  const afterReset = cell === 'gruResetAfter';
  if (!backwards)
    return [
      forwards('z', mapOf('z', 'σ')),
      forwards('r', mapOf('r', 'σ')),
      afterReset
        ? forwards('q', [of('q'), '=', 'W:hg', H_BEFORE, '+', 'b:hg'])
        : forwards(
            'q',
            [of('q'), '=', of('r'), '⊙', H_BEFORE],
            `${value('r')} · ${value('before')}`,
          ),
      forwards(
        'g',
        afterReset
          ? [
              ...[of('g'), '=', 'tanh', '(', 'W:xg', { part: 'x', letter: 'x' } as const],
              ...['+', of('r'), '⊙', of('q'), '+', 'b:g', ')'],
            ]
          : mapOf('g', 'tanh', [of('q')]),
      ),
      forwards(
        'h',
        [H, '=', of('z'), '⊙', H_BEFORE, '+', '(1 −', of('z'), ')', '⊙', of('g')],
        `${value('z')} · ${value('before')} + ${value('write')}`,
      ),
    ];
  return [
    equation('h', [d('h')], slope('h')),
    gradient(
      'g',
      'g',
      [d('h'), '⊙', '(1 −', of('z'), ')'],
      `${slope('h')} · ${say.number(1 - (parts.z?.value ?? NaN), 2)}`,
    ),
    gradient(
      'z',
      'z',
      [d('h'), '⊙', '(', H_BEFORE, '−', of('g'), ')'],
      `${slope('h')} · ${say.number((parts.before?.value ?? NaN) - (parts.g?.value ?? NaN), 2)}`,
    ),
    afterReset
      ? equation('q', [d('q'), '=', 'δ:g', '⊙', of('r')], slope('q'))
      : equation('q', [d('q'), '=', 'Wᵀ:hg', 'δ:g'], slope('q')),
    afterReset
      ? equation('r', [d('r'), '=', 'δ:g', '⊙', of('q')], slope('r'))
      : gradient('r', 'r', [d('q'), '⊙', H_BEFORE], `${slope('q')} · ${value('before')}`),
    equation(
      'memoryBefore',
      ['along', d('h'), '⊙', of('z')],
      `${slope('memoryBefore')} = ${slope('h')} · ${value('z')}`,
    ),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
