import type { BackendName } from '../../engine/types';
import { significant } from '../../kit/significant';
import { spreadOf } from '../../kit/spread';
import { columnsOf, DEPTHS } from './plan';
import type { GridSettings } from './params';

/** What became of one network. */
export interface Outcome {
  /** The step at which it left the finite numbers; null where it never did. */
  divergedAt: number | null;
  /** The loss of its first batch, before any update. */
  initialLoss: number;
}

/** What has been found of the networks; filled as they finish. */
export interface GridResult {
  depths: number[];
  /** Batch sizes or learning rates, from left to right. */
  columns: number[];
  /** Their logarithms, to base 3 or 10, by which the map is drawn: its columns are equally wide. */
  powers: number[];
  /** outcomes[depth][column][seed]. */
  outcomes: Outcome[][][];
  /** share[depth][column] of the networks that diverged; NaN where none has finished. */
  share: number[][];
  /** initialLoss[depth], the median over all networks of that depth; NaN where none has finished. */
  initialLoss: number[];
  backend: BackendName | null;
}

/** With the shares and medians of what has been found. */
export function gridResult(
  settings: Pick<GridSettings, 'columns'>,
  outcomes: Outcome[][][],
  backend: BackendName | null = null,
): GridResult {
  const columns = columnsOf(settings);
  const logarithm =
    settings.columns === 'batch' ? (x: number) => Math.log(x) / Math.log(3) : Math.log10;
  return {
    depths: DEPTHS,
    columns,
    powers: columns.map((one) => significant(logarithm(one), 3)),
    outcomes,
    share: outcomes.map((row) =>
      row.map((cell) => cell.filter(({ divergedAt }) => divergedAt !== null).length / cell.length),
    ),
    initialLoss: outcomes.map((row) =>
      significant(spreadOf(row.flat().map(({ initialLoss }) => initialLoss)).median, 4),
    ),
    backend,
  };
}

/** Before any network has finished. */
export const nothing = (settings: Pick<GridSettings, 'columns'>): GridResult =>
  gridResult(
    settings,
    DEPTHS.map(() => columnsOf(settings).map(() => [])),
  );

/** Networks that have finished. */
export const finished = ({ outcomes }: GridResult): number => outcomes.flat(2).length;

/** The share that diverged of all networks in a column; NaN where none has finished. */
export const columnShare = ({ outcomes }: GridResult, column: number): number =>
  shareOf(outcomes.flatMap((row) => row[column] ?? []));

/** The same of a depth. */
export const rowShare = ({ outcomes }: GridResult, row: number): number =>
  shareOf(outcomes[row]?.flat() ?? []);

/** The same of all networks. */
export const allShare = ({ outcomes }: GridResult): number => shareOf(outcomes.flat(2));

const shareOf = (some: readonly Outcome[]): number =>
  some.filter(({ divergedAt }) => divergedAt !== null).length / some.length;
