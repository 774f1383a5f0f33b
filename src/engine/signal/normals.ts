import { replayObstacle } from '../capture/replay';
import { skippedTo } from '../start/rng';
import { normalsBase64 } from './build/normals.generated';

/**
 * Draws of one stream of normals as blocks of a row-major matrix [rows, columns] that begins at draw
 * `from` of the stream. A block is drawn without what lies before it, so the matrix need never exist.
 */
export interface MatrixStream {
  /** Seed of the stream, an unsigned 32-bit integer. */
  seed: number;
  /** Number of the draw that is the matrix's first entry; even. */
  from: number;
  /** Multiples of 8. */
  rows: number;
  columns: number;
  /** Standard deviation of an entry. */
  std: number;
}

/** Draws blocks; what a method returns is valid until the next call. */
export interface NormalSource {
  /** Rows `first` … `first + count` − 1, [count, columns]. */
  rowsOf(matrix: MatrixStream, first: number, count: number): Float32Array;
  /** Columns `first` … `first + count` − 1 as rows, [count, rows]; both even. */
  columnsOf(matrix: MatrixStream, first: number, count: number): Float32Array;
}

interface NormalsExports {
  firstFreeAddress(): number;
  fill(target: number, seed: number, from: number, count: number, std: number): void;
  fillTransposed(
    target: number,
    seed: number,
    from: number,
    rows: number,
    columns: number,
    first: number,
    count: number,
    std: number,
  ): void;
}

/** The fastest source that there is here: WebAssembly SIMD, else the same numbers in JavaScript. */
export async function openNormals(): Promise<NormalSource> {
  return replayObstacle() === null ? wasmNormals() : plainNormals();
}

const pageBytes = 65536;

let compiled: Promise<WebAssembly.Module> | null = null;

/** The draws of `Rng.normal`, four pairs at a time in float32: equal to within 2e-6. */
export async function wasmNormals(): Promise<NormalSource> {
  const memory = new WebAssembly.Memory({ initial: 2 });
  compiled ??= WebAssembly.compile(
    Uint8Array.from(atob(normalsBase64), (letter) => letter.charCodeAt(0)),
  );
  const instance = await WebAssembly.instantiate(await compiled, { env: { memory } });
  const { firstFreeAddress, fill, fillTransposed } = instance.exports as unknown as NormalsExports;
  const target = (firstFreeAddress() + 63) & ~63;

  const view = (size: number): Float32Array => {
    const missing = target + size * 4 - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    return new Float32Array(memory.buffer, target, size);
  };
  return {
    rowsOf: ({ seed, from, columns, std }, first, count) => {
      const out = view(count * columns);
      fill(target, seed, from + first * columns, count * columns, std);
      return out;
    },
    columnsOf: ({ seed, from, rows, columns, std }, first, count) => {
      const out = view(count * rows);
      fillTransposed(target, seed, from, rows, columns, first, count, std);
      return out;
    },
  };
}

/** The draws of `Rng.normal` themselves, for where there is no SIMD. */
export function plainNormals(): NormalSource {
  return {
    rowsOf: ({ seed, from, columns, std }, first, count) => {
      const rng = skippedTo(seed, from + first * columns);
      return Float32Array.from({ length: count * columns }, () => std * rng.normal());
    },
    columnsOf: ({ seed, from, rows, columns, std }, first, count) => {
      const out = new Float32Array(count * rows);
      for (let row = 0; row < rows; row++) {
        const rng = skippedTo(seed, from + row * columns + first);
        for (let column = 0; column < count; column++)
          out[column * rows + row] = std * rng.normal();
      }
      return out;
    },
  };
}
