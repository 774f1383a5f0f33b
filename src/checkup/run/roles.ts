import type { Column } from '../read/column.ts';
import { meaningOf, type Role } from '../read/names.ts';
import type { Reading } from '../read/reading.ts';
import { median } from './statistics.ts';

/** What a column is taken for, and whether its name says so clearly. */
export interface Assignment {
  column: string;
  role: Role;
  sure: boolean;
  /** Why, in words, where it is not sure. */
  because?: string;
}

/** Roles of which a run has one column. */
const single: Role[] = [
  'step',
  'epoch',
  'loss',
  'gradientNorm',
  'learningRate',
  'lossScale',
  'clippedShare',
  'clipThreshold',
  'evaluationLoss',
];

/**
 * What each column is taken for. `chosen` is what the reader says instead. Of several columns with one
 * meaning the clearest name counts, then the one with the most numbers; the others are `other`.
 */
export function assign(
  reading: Reading,
  chosen: ReadonlyMap<string, Role> = new Map(),
): Assignment[] {
  const columns = [...reading.table.columns.values()];
  const guessed = columns.map((column) => guess(column, reading, chosen));
  for (const role of single) {
    const candidates = guessed.filter((assignment) => assignment.role === role);
    if (candidates.length < 2) continue;
    const [best] = candidates.sort((a, b) => rank(b, reading, chosen) - rank(a, reading, chosen));
    for (const candidate of candidates) if (candidate !== best) candidate.role = 'other';
  }
  if (!guessed.some(({ role }) => role === 'step')) nameCounter(guessed, reading, chosen);
  return guessed;
}

function guess(column: Column, reading: Reading, chosen: ReadonlyMap<string, Role>): Assignment {
  const said = chosen.get(column.name);
  if (said) return { column: column.name, role: said, sure: true };
  if (reading.format === 'tensorboard-csv' && column.name.toLowerCase() === 'value')
    return scalar(column, reading);
  if (reading.format === 'fairseq' && column.name === 'update')
    return { column: column.name, role: 'other', sure: true };
  if (column.name === 'loss scale, of the scaler')
    return { column: column.name, role: 'lossScale', sure: true };
  const { role, clarity } = meaningOf(column.name);
  // `clip` is fairseq's share of clipped updates; elsewhere it may be anything.
  if (role === 'clippedShare' && column.name === 'clip' && reading.format !== 'fairseq')
    return { column: column.name, role: 'other', sure: false };
  return clarity === 2 || role === 'other'
    ? { column: column.name, role, sure: clarity === 2 }
    : { column: column.name, role, sure: false, because: `the name “${column.name}” is like one` };
}

/** TensorBoard's CSV does not name its scalar: the file's name may, else its course must. */
function scalar(column: Column, reading: Reading): Assignment {
  const file = reading.file.replace(/^.*[\\/]/, '').replace(/\.csv$/i, '');
  const tag = file.replace(/^.*tag-/, '');
  if (/grad|norm/i.test(tag)) return { column: column.name, role: 'gradientNorm', sure: true };
  if (/loss/i.test(tag)) return { column: column.name, role: 'loss', sure: true };
  const values = column.values.view();
  const quarter = Math.max(1, values.length >> 2);
  const ratio = median(values, 0, quarter) / median(values, values.length - quarter);
  return {
    column: column.name,
    role: ratio > 1.5 ? 'loss' : 'gradientNorm',
    sure: false,
    because: `the file does not name its scalar; it is taken for ${ratio > 1.5 ? 'a loss, since it falls' : 'a gradient norm, since it does not fall'}`,
  };
}

/** Names for one thing, from the one that says it best. */
const preferred = [
  'loss',
  'train_loss',
  'train/loss',
  'training_loss',
  'lm loss',
  'grad_norm',
  'train/grad_norm',
  'gnorm',
  'step',
  'global_step',
  'train/global_step',
  'num_updates',
  'iteration',
  'loss_scale',
];

function rank(
  { column, sure }: Assignment,
  reading: Reading,
  chosen: ReadonlyMap<string, Role>,
): number {
  const place = preferred.indexOf(column);
  const numbers = reading.table.columns.get(column)!.values.length;
  return (
    (chosen.has(column) ? 1e12 : 0) +
    (sure ? 1e10 : 0) +
    (place === -1 ? 0 : (preferred.length - place) * 1e7) +
    Math.min(numbers, 1e7 - 1)
  );
}

/** A column of whole numbers that only grows counts the steps, where no name says so. */
function nameCounter(
  guessed: Assignment[],
  reading: Reading,
  chosen: ReadonlyMap<string, Role>,
): void {
  for (const assignment of guessed) {
    if (assignment.role !== 'other' || chosen.has(assignment.column)) continue;
    const { values } = reading.table.columns.get(assignment.column)!;
    if (values.length < 3 || values.length < reading.table.rows / 2) continue;
    let grows = Number.isInteger(values.at(0));
    for (let i = 1; grows && i < values.length; i++)
      grows = Number.isInteger(values.at(i)) && values.at(i) > values.at(i - 1);
    if (!grows) continue;
    assignment.role = 'step';
    assignment.sure = false;
    assignment.because = `“${assignment.column}” counts upwards`;
    return;
  }
}
