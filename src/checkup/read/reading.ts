import type { FormatId } from './formats.ts';
import type { Left } from './notes.ts';
import type { Stated } from './stated.ts';
import type { Table } from './table.ts';

/** Why a file could not be read. */
export interface Unreadable {
  kind: 'unknown-format' | 'pickle' | 'compressed' | 'other-binary' | 'newer-version' | 'empty';
  message: string;
}

/** What was read from a file. */
export interface Reading {
  /** Name of the file, as it was given. */
  file: string;
  format: FormatId | null;
  table: Table;
  stated: Stated;
  left: Left[];
  /** Lines (in an event file: records) that were looked at. */
  looked: number;
  /** Damage of an event file: where, in bytes from the beginning, and what. */
  damage: { at: number; what: string }[];
  unreadable: Unreadable | null;
  /** The first lines as they were seen, for a file that could not be read. */
  head: string[];
}
