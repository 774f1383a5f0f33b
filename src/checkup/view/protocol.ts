import type { Role } from '../read/names.ts';
import type { Given } from '../run/run.ts';
import type { View } from './view.ts';

/** What a page asks of the worker that reads. */
export type Request =
  | { kind: 'read'; name: string; content: Blob | string; site: string; given: Given }
  /** Judges the file that was read last again, by what the reader says of its columns. */
  | { kind: 'judge'; chosen: [column: string, role: Role][]; given: Given };

export type Answer =
  | { kind: 'progress'; read: number; size: number; rows: number }
  | { kind: 'view'; view: View }
  | { kind: 'failed'; message: string };
