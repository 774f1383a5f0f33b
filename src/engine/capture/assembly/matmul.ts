/*
 * MATMUL: out = A·B + initial, with A [M, K] and B [K, N] read at any row and column distance, so
 * that the four transpose forms are one instruction. Tiles of 4 × 8 results stay in registers; one
 * of A's two distances is 1. What is added to the product is added at the end: a sum of many products
 * is rounded once for each, not once for each of their terms. Where B's columns are not adjacent a
 * panel of 8 is packed first.
 */
import * as op from './opcodes';

/** Where panels are packed: a tile of 4 × 8 floats, then 8 floats for each of K rows. */
let packArea: usize = 0;

export function setPackArea(address: usize): void {
  packArea = address;
}

// @ts-ignore: decorator
@inline
function word(pointer: usize, index: i32): i32 {
  return load<i32>(pointer + (index << 2));
}

// @ts-ignore: decorator
@inline
function accumulate(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** One step along K for four rows held in a0 … a3. */
// @ts-ignore: decorator
@inline
function tile4x8(
  out: usize,
  outRow: i32,
  initial: usize,
  initialRow: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  depth: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (aRow == 4) {
    for (let k = 0; k < depth; ++k) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let s = v128.load32_splat(a);
      c00 = accumulate(c00, s, b0);
      c01 = accumulate(c01, s, b1);
      s = v128.load32_splat(a, 4);
      c10 = accumulate(c10, s, b0);
      c11 = accumulate(c11, s, b1);
      s = v128.load32_splat(a, 8);
      c20 = accumulate(c20, s, b0);
      c21 = accumulate(c21, s, b1);
      s = v128.load32_splat(a, 12);
      c30 = accumulate(c30, s, b0);
      c31 = accumulate(c31, s, b1);
      a += aColumn;
      b += bRow;
    }
  } else {
    let a0 = a;
    let a1 = a0 + aRow;
    let a2 = a1 + aRow;
    let a3 = a2 + aRow;
    let k = 0;
    for (; k + 2 <= depth; k += 2) {
      let b0 = v128.load(b);
      let b1 = v128.load(b, 16);
      b += bRow;
      let s = v128.load32_splat(a0);
      c00 = accumulate(c00, s, b0);
      c01 = accumulate(c01, s, b1);
      s = v128.load32_splat(a1);
      c10 = accumulate(c10, s, b0);
      c11 = accumulate(c11, s, b1);
      s = v128.load32_splat(a2);
      c20 = accumulate(c20, s, b0);
      c21 = accumulate(c21, s, b1);
      s = v128.load32_splat(a3);
      c30 = accumulate(c30, s, b0);
      c31 = accumulate(c31, s, b1);
      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      b += bRow;
      s = v128.load32_splat(a0, 4);
      c00 = accumulate(c00, s, b0);
      c01 = accumulate(c01, s, b1);
      s = v128.load32_splat(a1, 4);
      c10 = accumulate(c10, s, b0);
      c11 = accumulate(c11, s, b1);
      s = v128.load32_splat(a2, 4);
      c20 = accumulate(c20, s, b0);
      c21 = accumulate(c21, s, b1);
      s = v128.load32_splat(a3, 4);
      c30 = accumulate(c30, s, b0);
      c31 = accumulate(c31, s, b1);
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
    }
    if (k < depth) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let s = v128.load32_splat(a0);
      c00 = accumulate(c00, s, b0);
      c01 = accumulate(c01, s, b1);
      s = v128.load32_splat(a1);
      c10 = accumulate(c10, s, b0);
      c11 = accumulate(c11, s, b1);
      s = v128.load32_splat(a2);
      c20 = accumulate(c20, s, b0);
      c21 = accumulate(c21, s, b1);
      s = v128.load32_splat(a3);
      c30 = accumulate(c30, s, b0);
      c31 = accumulate(c31, s, b1);
    }
  }
  if (initial) {
    c00 = f32x4.add(c00, v128.load(initial));
    c01 = f32x4.add(c01, v128.load(initial, 16));
    initial += initialRow;
    c10 = f32x4.add(c10, v128.load(initial));
    c11 = f32x4.add(c11, v128.load(initial, 16));
    initial += initialRow;
    c20 = f32x4.add(c20, v128.load(initial));
    c21 = f32x4.add(c21, v128.load(initial, 16));
    initial += initialRow;
    c30 = f32x4.add(c30, v128.load(initial));
    c31 = f32x4.add(c31, v128.load(initial, 16));
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += outRow;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += outRow;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += outRow;
  v128.store(out, c30);
  v128.store(out, c31, 16);
}

// @ts-ignore: decorator
@inline
function tile1x8(
  out: usize,
  initial: usize,
  a: usize,
  aColumn: i32,
  b: usize,
  bRow: i32,
  depth: i32,
): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  for (let k = 0; k < depth; ++k) {
    const s = v128.load32_splat(a);
    c0 = accumulate(c0, s, v128.load(b));
    c1 = accumulate(c1, s, v128.load(b, 16));
    a += aColumn;
    b += bRow;
  }
  if (initial) {
    c0 = f32x4.add(c0, v128.load(initial));
    c1 = f32x4.add(c1, v128.load(initial, 16));
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
}

/** All rows of one panel of 8 columns. */
function panel(
  out: usize,
  outRow: i32,
  initial: usize,
  initialRow: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  rows: i32,
  depth: i32,
): void {
  let m = 0;
  for (; m + 4 <= rows; m += 4) {
    tile4x8(out, outRow, initial, initialRow, a, aRow, aColumn, b, bRow, depth);
    out += outRow << 2;
    a += aRow << 2;
    if (initial) initial += initialRow << 2;
  }
  for (; m < rows; ++m) {
    tile1x8(out, initial, a, aColumn, b, bRow, depth);
    out += outRow;
    a += aRow;
    if (initial) initial += initialRow;
  }
}

/** Copies `columns` ≤ 8 columns of B side by side, zeros behind them. */
function pack(b: usize, bRow: i32, bColumn: i32, columns: i32, depth: i32): void {
  let target = packArea;
  if (columns == 8 && bRow == 4) {
    const step = bColumn << 2;
    let k = 0;
    for (; k + 4 <= depth; k += 4) {
      transpose4(b, bColumn, target);
      transpose4(b + step, bColumn, target + 16);
      b += 16;
      target += 128;
    }
    for (; k < depth; ++k) {
      for (let n = 0; n < 8; ++n) store<f32>(target + (n << 2), load<f32>(b + n * bColumn));
      b += 4;
      target += 32;
    }
    return;
  }
  if (columns == 8 && bColumn == 4) {
    for (let k = 0; k < depth; ++k) {
      v128.store(target, v128.load(b));
      v128.store(target, v128.load(b, 16), 16);
      b += bRow;
      target += 32;
    }
    return;
  }
  for (let k = 0; k < depth; ++k) {
    v128.store(target, f32x4.splat(0));
    v128.store(target, f32x4.splat(0), 16);
    for (let n = 0; n < columns; ++n) store<f32>(target + (n << 2), load<f32>(b + n * bColumn));
    b += bRow;
    target += 32;
  }
}

/** Four rows of four floats, `distance` bytes apart, to four columns 32 bytes apart. */
// @ts-ignore: decorator
@inline
function transpose4(source: usize, distance: i32, target: usize): void {
  const r0 = v128.load(source);
  const r1 = v128.load(source + distance);
  const r2 = v128.load(source + (distance << 1));
  const r3 = v128.load(source + distance * 3);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(target, v128.shuffle<f64>(low01, low23, 1, 3), 32);
  v128.store(target, v128.shuffle<f64>(high01, high23, 0, 2), 64);
  v128.store(target, v128.shuffle<f64>(high01, high23, 1, 3), 96);
}

/** A panel with fewer than 8 columns, row by row through a full-width tile. */
function partialPanel(
  out: usize,
  outRow: i32,
  initial: usize,
  initialRow: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  columns: i32,
  rows: i32,
  depth: i32,
): void {
  const tile = packArea + (depth << 5);
  let m = 0;
  while (m < rows) {
    const height = rows - m >= 4 ? 4 : 1;
    for (let i = 0; i < height; ++i) {
      const row = tile + (i << 5);
      if (initial) {
        for (let n = 0; n < columns; ++n) store<f32>(row + (n << 2), load<f32>(initial + (n << 2)));
        initial += initialRow;
      } else {
        v128.store(row, f32x4.splat(0));
        v128.store(row, f32x4.splat(0), 16);
      }
    }
    panel(tile, 32, tile, 32, a, aRow, aColumn, packArea, 32, height, depth);
    for (let i = 0; i < height; ++i) {
      const row = tile + (i << 5);
      for (let n = 0; n < columns; ++n) store<f32>(out + (n << 2), load<f32>(row + (n << 2)));
      out += outRow;
    }
    a += aRow * height;
    m += height;
  }
}

// @ts-ignore: decorator
@inline
function evens(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function odds(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

/**
 * Two adjacent columns of results where A's rows are adjacent: 16 rows at a time lie across four
 * vectors. Returns how many rows it has done.
 */
function twoColumns(
  out: usize,
  initial: usize,
  a: usize,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  rows: i32,
  depth: i32,
): i32 {
  let m = 0;
  for (; m + 16 <= rows; m += 16) {
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c02 = c00;
    let c03 = c00;
    let c10 = c00;
    let c11 = c00;
    let c12 = c00;
    let c13 = c00;
    let from = a;
    let factor = b;
    for (let k = 0; k < depth; ++k) {
      const s0 = v128.load32_splat(factor);
      const s1 = v128.load32_splat(factor + bColumn);
      let x = v128.load(from);
      c00 = accumulate(c00, x, s0);
      c10 = accumulate(c10, x, s1);
      x = v128.load(from, 16);
      c01 = accumulate(c01, x, s0);
      c11 = accumulate(c11, x, s1);
      x = v128.load(from, 32);
      c02 = accumulate(c02, x, s0);
      c12 = accumulate(c12, x, s1);
      x = v128.load(from, 48);
      c03 = accumulate(c03, x, s0);
      c13 = accumulate(c13, x, s1);
      from += aColumn;
      factor += bRow;
    }
    if (initial) {
      let left = v128.load(initial);
      let right = v128.load(initial, 16);
      c00 = f32x4.add(c00, evens(left, right));
      c10 = f32x4.add(c10, odds(left, right));
      left = v128.load(initial, 32);
      right = v128.load(initial, 48);
      c01 = f32x4.add(c01, evens(left, right));
      c11 = f32x4.add(c11, odds(left, right));
      left = v128.load(initial, 64);
      right = v128.load(initial, 80);
      c02 = f32x4.add(c02, evens(left, right));
      c12 = f32x4.add(c12, odds(left, right));
      left = v128.load(initial, 96);
      right = v128.load(initial, 112);
      c03 = f32x4.add(c03, evens(left, right));
      c13 = f32x4.add(c13, odds(left, right));
      initial += 128;
    }
    interleave(out, c00, c10);
    interleave(out + 32, c01, c11);
    interleave(out + 64, c02, c12);
    interleave(out + 96, c03, c13);
    out += 128;
    a += 64;
  }
  return m;
}

// @ts-ignore: decorator
@inline
function interleave(out: usize, left: v128, right: v128): void {
  v128.store(out, v128.shuffle<f32>(left, right, 0, 4, 1, 5));
  v128.store(out, v128.shuffle<f32>(left, right, 2, 6, 3, 7), 16);
}

export function executeMatmul(instruction: usize, arena: usize): void {
  const batch = word(instruction, 2);
  const rows = word(instruction, 3);
  const columns = word(instruction, 4);
  const depth = word(instruction, 5);
  const aRow = word(instruction, 8) << 2;
  const aColumn = word(instruction, 9) << 2;
  const bRow = word(instruction, 12) << 2;
  const bColumn = word(instruction, 13) << 2;
  const outRow = columns << 2;
  const initialRow = word(instruction, 18) << 2;
  for (let i = 0; i < batch; ++i) {
    const a = arena + ((word(instruction, 6) + i * word(instruction, 7)) << 2);
    const b = arena + ((word(instruction, 10) + i * word(instruction, 11)) << 2);
    const out = arena + (word(instruction, 14) << 2) + i * rows * outRow;
    const initial =
      word(instruction, 15) == op.INITIAL_GIVEN
        ? arena + ((word(instruction, 16) + i * word(instruction, 17)) << 2)
        : 0;
    let n = 0;
    let done = 0;
    if (columns == 2 && aRow == 4 && (!initial || initialRow == 8)) {
      done = twoColumns(out, initial, a, aColumn, b, bRow, bColumn, rows, depth);
    }
    for (; n + 8 <= columns; n += 8) {
      const column = n << 2;
      let source = b + n * bColumn;
      let sourceRow = bRow;
      if (bColumn != 4) {
        pack(source, bRow, bColumn, 8, depth);
        source = packArea;
        sourceRow = 32;
      }
      const start = initial ? initial + column : 0;
      panel(
        out + column, outRow, start, initialRow, a, aRow, aColumn, source, sourceRow, rows, depth,
      );
    }
    if (n < columns && done < rows) {
      const column = (n << 2) + done * outRow;
      pack(b + n * bColumn, bRow, bColumn, columns - n, depth);
      const start = initial ? initial + (n << 2) + done * initialRow : 0;
      partialPanel(
        out + column, outRow, start, initialRow, a + done * aRow, aRow, aColumn, columns - n, rows - done, depth,
      );
    }
  }
}
