/*
 * Kernels that come near the machine's peak for 128-bit WebAssembly without fused operations: sums
 * and products in equal number, on 4 floats each, in strict float32. Which of them is fastest depends
 * on how many registers and how long a pipeline the machine has, so the benchmark takes the fastest.
 */

/** c ← c·m + a, in 8 chains that do not wait for each other; 64 operations a round. */
export function chains8(rounds: i32, m: f32): f32 {
  const factor = f32x4.splat(m);
  const term = f32x4.splat(0.5);
  let c0 = f32x4.splat(0.1);
  let c1 = f32x4.splat(0.2);
  let c2 = f32x4.splat(0.3);
  let c3 = f32x4.splat(0.4);
  let c4 = f32x4.splat(0.6);
  let c5 = f32x4.splat(0.7);
  let c6 = f32x4.splat(0.8);
  let c7 = f32x4.splat(0.9);
  for (let i = 0; i < rounds; ++i) {
    c0 = f32x4.add(f32x4.mul(c0, factor), term);
    c1 = f32x4.add(f32x4.mul(c1, factor), term);
    c2 = f32x4.add(f32x4.mul(c2, factor), term);
    c3 = f32x4.add(f32x4.mul(c3, factor), term);
    c4 = f32x4.add(f32x4.mul(c4, factor), term);
    c5 = f32x4.add(f32x4.mul(c5, factor), term);
    c6 = f32x4.add(f32x4.mul(c6, factor), term);
    c7 = f32x4.add(f32x4.mul(c7, factor), term);
  }
  return first(sum4(c0, c1, c2, c3)) + first(sum4(c4, c5, c6, c7));
}

/** The same in 12 chains; 96 operations a round. */
export function chains12(rounds: i32, m: f32): f32 {
  const factor = f32x4.splat(m);
  const term = f32x4.splat(0.5);
  let c0 = f32x4.splat(0.1);
  let c1 = f32x4.splat(0.2);
  let c2 = f32x4.splat(0.3);
  let c3 = f32x4.splat(0.4);
  let c4 = f32x4.splat(0.6);
  let c5 = f32x4.splat(0.7);
  let c6 = f32x4.splat(0.8);
  let c7 = f32x4.splat(0.9);
  let c8 = f32x4.splat(1.1);
  let c9 = f32x4.splat(1.2);
  let c10 = f32x4.splat(1.3);
  let c11 = f32x4.splat(1.4);
  for (let i = 0; i < rounds; ++i) {
    c0 = f32x4.add(f32x4.mul(c0, factor), term);
    c1 = f32x4.add(f32x4.mul(c1, factor), term);
    c2 = f32x4.add(f32x4.mul(c2, factor), term);
    c3 = f32x4.add(f32x4.mul(c3, factor), term);
    c4 = f32x4.add(f32x4.mul(c4, factor), term);
    c5 = f32x4.add(f32x4.mul(c5, factor), term);
    c6 = f32x4.add(f32x4.mul(c6, factor), term);
    c7 = f32x4.add(f32x4.mul(c7, factor), term);
    c8 = f32x4.add(f32x4.mul(c8, factor), term);
    c9 = f32x4.add(f32x4.mul(c9, factor), term);
    c10 = f32x4.add(f32x4.mul(c10, factor), term);
    c11 = f32x4.add(f32x4.mul(c11, factor), term);
  }
  return (
    first(sum4(c0, c1, c2, c3)) + first(sum4(c4, c5, c6, c7)) + first(sum4(c8, c9, c10, c11))
  );
}

/** The same in 16 chains; 128 operations a round. */
export function chains16(rounds: i32, m: f32): f32 {
  const factor = f32x4.splat(m);
  const term = f32x4.splat(0.5);
  let c0 = f32x4.splat(0.1);
  let c1 = f32x4.splat(0.2);
  let c2 = f32x4.splat(0.3);
  let c3 = f32x4.splat(0.4);
  let c4 = f32x4.splat(0.6);
  let c5 = f32x4.splat(0.7);
  let c6 = f32x4.splat(0.8);
  let c7 = f32x4.splat(0.9);
  let c8 = f32x4.splat(1.1);
  let c9 = f32x4.splat(1.2);
  let c10 = f32x4.splat(1.3);
  let c11 = f32x4.splat(1.4);
  let c12 = f32x4.splat(1.6);
  let c13 = f32x4.splat(1.7);
  let c14 = f32x4.splat(1.8);
  let c15 = f32x4.splat(1.9);
  for (let i = 0; i < rounds; ++i) {
    c0 = f32x4.add(f32x4.mul(c0, factor), term);
    c1 = f32x4.add(f32x4.mul(c1, factor), term);
    c2 = f32x4.add(f32x4.mul(c2, factor), term);
    c3 = f32x4.add(f32x4.mul(c3, factor), term);
    c4 = f32x4.add(f32x4.mul(c4, factor), term);
    c5 = f32x4.add(f32x4.mul(c5, factor), term);
    c6 = f32x4.add(f32x4.mul(c6, factor), term);
    c7 = f32x4.add(f32x4.mul(c7, factor), term);
    c8 = f32x4.add(f32x4.mul(c8, factor), term);
    c9 = f32x4.add(f32x4.mul(c9, factor), term);
    c10 = f32x4.add(f32x4.mul(c10, factor), term);
    c11 = f32x4.add(f32x4.mul(c11, factor), term);
    c12 = f32x4.add(f32x4.mul(c12, factor), term);
    c13 = f32x4.add(f32x4.mul(c13, factor), term);
    c14 = f32x4.add(f32x4.mul(c14, factor), term);
    c15 = f32x4.add(f32x4.mul(c15, factor), term);
  }
  return (
    first(sum4(c0, c1, c2, c3)) +
    first(sum4(c4, c5, c6, c7)) +
    first(sum4(c8, c9, c10, c11)) +
    first(sum4(c12, c13, c14, c15))
  );
}

/** Columns of `tile`'s left factor, rows of its right one. */
const depth: i32 = 64;
/** Four rows of the left factor, one behind the other, and the right one, row by row. */
const left = memory.data(4 * 64 * 4, 16);
const right = memory.data(64 * 8 * 4, 16);

/**
 * A tile of 4 × 8 results of a matrix product, with its factors in the cache, `rounds` times over 64
 * columns; 64 operations a column.
 */
export function tile(rounds: i32, m: f32): f32 {
  for (let i = 0; i < 4 * depth; ++i) store<f32>(left + (i << 2), m);
  for (let i = 0; i < 8 * depth; ++i) store<f32>(right + (i << 2), m);
  let total: f32 = 0;
  for (let round = 0; round < rounds; ++round) {
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    let a = left;
    let b = right;
    for (let k = 0; k < depth; ++k) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load_splat<f32>(a);
      c00 = f32x4.add(c00, f32x4.mul(a0, b0));
      c01 = f32x4.add(c01, f32x4.mul(a0, b1));
      const a1 = v128.load_splat<f32>(a, 256);
      c10 = f32x4.add(c10, f32x4.mul(a1, b0));
      c11 = f32x4.add(c11, f32x4.mul(a1, b1));
      const a2 = v128.load_splat<f32>(a, 512);
      c20 = f32x4.add(c20, f32x4.mul(a2, b0));
      c21 = f32x4.add(c21, f32x4.mul(a2, b1));
      const a3 = v128.load_splat<f32>(a, 768);
      c30 = f32x4.add(c30, f32x4.mul(a3, b0));
      c31 = f32x4.add(c31, f32x4.mul(a3, b1));
      a += 4;
      b += 32;
    }
    total += first(sum4(c00, c01, c10, c11)) + first(sum4(c20, c21, c30, c31));
  }
  return total;
}

// @ts-ignore: decorator
@inline
function sum4(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

// @ts-ignore: decorator
@inline
function first(sum: v128): f32 {
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 3);
}
