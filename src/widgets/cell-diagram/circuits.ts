/** How each cell is drawn: its wires along which numbers run, its gates and operations, and where numbers stand. */
import type { PartId } from './parts';
import type { CellName } from './trace';

type Point = readonly [x: number, y: number];

/** A wire from its first point to its last, as values go; gradients go the other way. */
export interface Wire {
  part: PartId;
  points: readonly Point[];
}

/** A box with a function of its own; gates and the candidate show how far they are open. */
export interface Box {
  part: PartId;
  at: Point;
  letter: string;
  /** What the candidate's bar reaches from: −1 for tanh, 0 for a gate. */
  from: -1 | 0;
}

/** An operation, or a fixed function. */
export interface Sign {
  at: Point;
  text: string;
}

/** Where the number of a wire stands, with its letter. */
export interface Mark {
  part: PartId;
  at: Point;
  /** The letter, after a low line its index. */
  letter: string;
  anchor?: 'start' | 'end';
}

export interface Circuit {
  wires: readonly Wire[];
  boxes: readonly Box[];
  signs: readonly Sign[];
  marks: readonly Mark[];
  /** Where the numbers that are read stand. */
  input: Point;
}

export const SIZE = { width: 380, height: 330 } as const;
export const BOX = { width: 58, height: 42 } as const;
export const RADIUS = 11;

const wire = (part: PartId, ...points: Point[]): Wire => ({ part, points });
const stub = (part: PartId, x: number): Wire => wire(part, [x, 286], [x, 233]);
const gate = (letter: 'f' | 'i' | 'o' | 'z' | 'r', x: number): Box => ({
  ...{ part: letter, letter, from: 0 },
  at: [x, 211],
});
const candidate = (x: number): Box => ({ part: 'g', letter: 'g', from: -1, at: [x, 211] });

const lstm: Circuit = {
  wires: [
    wire('memoryBefore', [6, 56], [58, 56]),
    wire('memoryBefore', [82, 56], [163, 56]),
    wire('memory', [187, 56], [374, 56]),
    wire('memory', [330, 56], [330, 88]),
    wire('shown', [330, 113], [330, 150]),
    wire('h', [330, 173], [330, 286], [374, 286]),
    wire('f', [70, 189], [70, 68]),
    wire('i', [138, 189], [138, 130], [163, 130]),
    wire('g', [212, 189], [212, 130], [187, 130]),
    wire('write', [175, 118], [175, 68]),
    wire('o', [282, 189], [282, 161], [318, 161]),
    wire('before', [6, 286], [282, 286], [282, 233]),
    stub('before', 70),
    stub('before', 138),
    stub('before', 212),
    wire('x', [104, 322], [104, 287]),
  ],
  boxes: [gate('f', 70), gate('i', 138), candidate(212), gate('o', 282)],
  signs: [
    { at: [70, 56], text: '×' },
    { at: [175, 56], text: '+' },
    { at: [175, 130], text: '×' },
    { at: [330, 100], text: 'tanh' },
    { at: [330, 161], text: '×' },
  ],
  marks: [
    { part: 'memoryBefore', letter: 'c_τ−1', at: [6, 42], anchor: 'start' },
    { part: 'memory', letter: 'c', at: [374, 42], anchor: 'end' },
    { part: 'write', letter: 'ig', at: [183, 100], anchor: 'start' },
    { part: 'shown', letter: '', at: [340, 135], anchor: 'start' },
    { part: 'before', letter: 'h_τ−1', at: [6, 304], anchor: 'start' },
    { part: 'h', letter: 'h', at: [374, 304], anchor: 'end' },
  ],
  input: [114, 322],
};

const gruWires: Wire[] = [
  wire('memoryBefore', [20, 286], [20, 56], [58, 56]),
  wire('memoryBefore', [82, 56], [259, 56]),
  wire('h', [283, 56], [374, 56]),
  wire('z', [70, 189], [70, 68]),
  wire('z', [70, 130], [143, 130]),
  wire('z', [167, 130], [259, 130]),
  wire('g', [271, 189], [271, 142]),
  wire('write', [271, 118], [271, 68]),
  stub('before', 70),
  stub('before', 150),
  wire('x', [104, 322], [104, 287]),
];
const gruSigns: Sign[] = [
  { at: [70, 56], text: '×' },
  { at: [271, 56], text: '+' },
  { at: [155, 130], text: '1−' },
  { at: [271, 130], text: '×' },
];
const gruMarks: Mark[] = [
  { part: 'memoryBefore', letter: '', at: [26, 42], anchor: 'start' },
  { part: 'write', letter: '', at: [281, 100], anchor: 'start' },
  { part: 'before', letter: 'h_τ−1', at: [6, 304], anchor: 'start' },
  { part: 'h', letter: 'h', at: [374, 42], anchor: 'end' },
];
const gruBoxes: Box[] = [gate('z', 70), gate('r', 150), candidate(271)];

const gruResetBefore: Circuit = {
  wires: [
    ...gruWires,
    wire('before', [6, 286], [199, 286]),
    wire('r', [179, 211], [211, 211], [211, 274]),
    wire('q', [223, 286], [271, 286], [271, 233]),
  ],
  boxes: gruBoxes,
  signs: [...gruSigns, { at: [211, 286], text: '×' }],
  marks: [...gruMarks, { part: 'q', letter: 'rh', at: [278, 280], anchor: 'start' }],
  input: [114, 322],
};

const gruResetAfter: Circuit = {
  wires: [
    ...gruWires,
    wire('before', [6, 286], [187, 286]),
    wire('r', [179, 211], [225, 211], [225, 258], [260, 258]),
    wire('q', [223, 286], [271, 286], [271, 270]),
    wire('q', [271, 246], [271, 233]),
  ],
  boxes: gruBoxes,
  signs: [...gruSigns, { at: [205, 286], text: 'W h' }, { at: [271, 258], text: '×' }],
  marks: [...gruMarks, { part: 'q', letter: 'Wh + b', at: [278, 290], anchor: 'start' }],
  input: [114, 322],
};

const rnn: Circuit = {
  wires: [
    wire('before', [6, 130], [82, 130]),
    wire('before', [118, 130], [179, 130]),
    wire('sum', [203, 130], [253, 130]),
    wire('h', [297, 130], [374, 130]),
    wire('x', [191, 300], [191, 232]),
    wire('x', [191, 208], [191, 142]),
  ],
  boxes: [],
  signs: [
    { at: [100, 130], text: 'W h' },
    { at: [191, 220], text: 'W x' },
    { at: [191, 130], text: '+' },
    { at: [275, 130], text: 'tanh' },
  ],
  marks: [
    { part: 'before', letter: 'h_τ−1', at: [6, 112], anchor: 'start' },
    { part: 'sum', letter: 'z', at: [228, 112] },
    { part: 'h', letter: 'h', at: [374, 112], anchor: 'end' },
  ],
  input: [201, 304],
};

export const CIRCUITS: Record<CellName, Circuit> = { lstm, gruResetBefore, gruResetAfter, rnn };

const line = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');

/** The point of an arrow at the end of a line that comes from another point. */
function head([x, y]: Point, [fromX, fromY]: Point): string {
  const length = Math.hypot(x - fromX, y - fromY);
  const [ux, uy] = [(x - fromX) / length, (y - fromY) / length];
  const wing = (side: 1 | -1): string =>
    `${(x - 6 * ux - 4 * side * uy).toFixed(1)} ${(y - 6 * uy + 4 * side * ux).toFixed(1)}`;
  return `M${wing(1)}L${x} ${y}L${wing(-1)}`;
}

/** A wire as a path, with its point at the end that numbers run to. */
export function pathOf({ points }: Wire, backwards: boolean): string {
  const way = backwards ? points.toReversed() : points;
  return line(way) + head(way.at(-1)!, way.at(-2)!);
}
