import type { BackendAvailability, BackendName, ReferenceReport } from '../../engine/types';
import { backendRoles } from '../../kit/backends';
import type { Say } from '../../kit/say';
import { groups, type Group } from './groups';

/** How far one row is from the reference on one backend. */
export interface Cell {
  /** The largest deviation in units of its tolerance: above 1 the row has failed. */
  share: number;
  /** Which quantity it is. */
  quantity: string;
}

export interface CheckResult {
  /** Every backend, and what the device lacks for those it has not. */
  backends: BackendAvailability[];
  /** cells[backend][row]; a row that has not been run yet is missing or null. */
  cells: Partial<Record<BackendName, (Cell | null)[]>>;
}

/** Whether a cell is within its tolerances. NaN is not. */
export const passed = ({ share }: Cell): boolean => share <= 1;

/** Optimizers' quantities are reported as "adam: W1 after 5". */
const optimizerOf = (quantity: string): string | undefined => /^(\w+): /.exec(quantity)?.[1];

/** The worst deviation of a row in the report of its case. Throws where nothing belongs to it. */
export function cellOf(group: Group, { name, deviations }: ReferenceReport): Cell {
  const own = deviations.filter(({ quantity }) => optimizerOf(quantity) === group.optimizer);
  if (own.length === 0) throw new Error(`The report of ${name} has nothing for "${group.label}".`);
  return own
    .map(({ quantity, measured, tolerance }) => ({ quantity, share: measured / tolerance }))
    .reduce((worst, one) => (one.share > worst.share ? one : worst));
}

/** Cells that have been run on a backend; on all of them without one. */
export function cellsOf({ cells }: CheckResult, backend?: BackendName): Cell[] {
  const lists = backend ? [cells[backend] ?? []] : Object.values(cells);
  return lists.flat().filter((cell) => cell !== null);
}

/** How many checks have been done, of how many. */
export const progressOf = (result: CheckResult): { done: number; total: number } => ({
  done: cellsOf(result).length,
  total: Object.keys(result.cells).length * groups.length,
});

/** The largest share; NaN where nothing has been run. */
export const worstShare = (cells: readonly Cell[]): number =>
  cells.length === 0 ? NaN : Math.max(...cells.map(({ share }) => share));

/** The backends that are checked, in the order of the table's columns. */
export const checkedBackends = ({ cells }: CheckResult): BackendName[] =>
  (Object.keys(backendRoles) as BackendName[]).filter((backend) => cells[backend] !== undefined);

/** A share of the tolerance: 0.0312 is 3.1 %; from ten times on as a multiple. */
export const percentOf = (share: number, say: Say): string =>
  share < 10 ? say.percent(share) : `${say.number(share)} times`;
