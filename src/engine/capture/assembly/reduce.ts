/*
 * REDUCE over any axes. Outer dimensions are walked like an odometer; the innermost one is either
 * kept (columns are accumulated side by side) or reduced (four partial results, then one).
 */
import { upper } from './math';
import * as op from './opcodes';

const counters: usize = memory.data(16 * 4, 16);

// @ts-ignore: decorator
@inline
function word(pointer: usize, index: i32): i32 {
  return load<i32>(pointer + (index << 2));
}

// @ts-ignore: decorator
@inline
function combine4(code: i32, a: v128, b: v128): v128 {
  if (code == op.SUM) return f32x4.add(a, b);
  if (code == op.MAX) return f32x4.max(a, b);
  if (code == op.MIN) return f32x4.min(a, b);
  return f32x4.mul(a, b);
}

// @ts-ignore: decorator
@inline
function combine(code: i32, a: f32, b: f32): f32 {
  if (code == op.SUM) return a + b;
  if (code == op.MAX) return max<f32>(a, b);
  if (code == op.MIN) return min<f32>(a, b);
  return a * b;
}

function identity(code: i32): f32 {
  if (code == op.SUM) return 0;
  if (code == op.MAX) return -Infinity;
  if (code == op.MIN) return Infinity;
  return 1;
}

/** One row of adjacent floats to one. */
// @ts-ignore: decorator
@inline
function reduceRow(code: i32, source: usize, count: i32): f32 {
  let i = 0;
  let result = identity(code);
  if (count >= 4) {
    let partial0 = v128.load(source);
    i = 4;
    if (count >= 16) {
      let partial1 = v128.load(source, 16);
      let partial2 = v128.load(source, 32);
      let partial3 = v128.load(source, 48);
      for (i = 16; i + 16 <= count; i += 16) {
        const row = source + (i << 2);
        partial0 = combine4(code, partial0, v128.load(row));
        partial1 = combine4(code, partial1, v128.load(row, 16));
        partial2 = combine4(code, partial2, v128.load(row, 32));
        partial3 = combine4(code, partial3, v128.load(row, 48));
      }
      partial0 = combine4(code, combine4(code, partial0, partial1), combine4(code, partial2, partial3));
    }
    for (; i + 4 <= count; i += 4) {
      partial0 = combine4(code, partial0, v128.load(source + (i << 2)));
    }
    result = combine(
      code,
      combine(code, f32x4.extract_lane(partial0, 0), f32x4.extract_lane(partial0, 1)),
      combine(code, f32x4.extract_lane(partial0, 2), f32x4.extract_lane(partial0, 3)),
    );
  }
  for (; i < count; ++i) result = combine(code, result, load<f32>(source + (i << 2)));
  return result;
}

/** `rows` rows of adjacent floats, combined column by column into `target`. */
// @ts-ignore: decorator
@inline
function reduceColumns(
  code: i32,
  target: usize,
  source: usize,
  rows: i32,
  rowBytes: i32,
  columns: i32,
): void {
  let n = 0;
  for (; n + 8 <= columns; n += 8) {
    let cursor = source + (n << 2);
    const place = target + (n << 2);
    let sum0 = v128.load(place);
    let sum1 = v128.load(place, 16);
    for (let m = 0; m < rows; ++m) {
      sum0 = combine4(code, sum0, v128.load(cursor));
      sum1 = combine4(code, sum1, v128.load(cursor, 16));
      cursor += rowBytes;
    }
    v128.store(place, sum0);
    v128.store(place, sum1, 16);
  }
  for (; n < columns; ++n) {
    let cursor = source + (n << 2);
    let sum = load<f32>(target + (n << 2));
    for (let m = 0; m < rows; ++m) {
      sum = combine(code, sum, load<f32>(cursor));
      cursor += rowBytes;
    }
    store<f32>(target + (n << 2), sum);
  }
}

// @ts-ignore: decorator
@inline
function lower(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
function demoted(low: v128, high: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** The same for sums, in doubles: a bias' gradient is a sum over a batch of which little may remain. */
function sumColumns(target: usize, source: usize, rows: i32, rowBytes: i32, columns: i32): void {
  let n = 0;
  for (; n + 8 <= columns; n += 8) {
    let cursor = source + (n << 2);
    const place = target + (n << 2);
    let x = v128.load(place);
    let sum0 = lower(x);
    let sum1 = upper(x);
    x = v128.load(place, 16);
    let sum2 = lower(x);
    let sum3 = upper(x);
    for (let m = 0; m < rows; ++m) {
      sum0 = f64x2.add(sum0, f64x2.promote_low_f32x4(v128.load64_zero(cursor)));
      sum1 = f64x2.add(sum1, f64x2.promote_low_f32x4(v128.load64_zero(cursor, 8)));
      sum2 = f64x2.add(sum2, f64x2.promote_low_f32x4(v128.load64_zero(cursor, 16)));
      sum3 = f64x2.add(sum3, f64x2.promote_low_f32x4(v128.load64_zero(cursor, 24)));
      cursor += rowBytes;
    }
    v128.store(place, demoted(sum0, sum1));
    v128.store(place, demoted(sum2, sum3), 16);
  }
  for (; n < columns; ++n) {
    let cursor = source + (n << 2);
    let sum = <f64>load<f32>(target + (n << 2));
    for (let m = 0; m < rows; ++m) {
      sum += <f64>load<f32>(cursor);
      cursor += rowBytes;
    }
    store<f32>(target + (n << 2), <f32>sum);
  }
}

// @ts-ignore: decorator
@inline
function reduceBlock(
  code: i32,
  target: usize,
  source: usize,
  rows: i32,
  rowStride: i32,
  columns: i32,
  inStride: i32,
  outStride: i32,
): void {
  if (inStride == 1 && outStride == 1) {
    if (code == op.SUM) sumColumns(target, source, rows, rowStride << 2, columns);
    else reduceColumns(code, target, source, rows, rowStride << 2, columns);
  } else if (inStride == 1 && outStride == 0) {
    let result = load<f32>(target);
    for (let m = 0; m < rows; ++m) {
      result = combine(code, result, reduceRow(code, source, columns));
      source += rowStride << 2;
    }
    store<f32>(target, result);
  } else {
    for (let m = 0; m < rows; ++m) {
      let from = source;
      let to = target;
      for (let n = 0; n < columns; ++n) {
        store<f32>(to, combine(code, load<f32>(to), load<f32>(from)));
        from += inStride << 2;
        to += outStride << 2;
      }
      source += rowStride << 2;
    }
  }
}

export function executeReduce(instruction: usize, arena: usize): void {
  const code = word(instruction, 2);
  const rank = word(instruction, 3);
  const outSize = word(instruction, 4);
  const source = arena + (word(instruction, 5) << 2);
  const target = arena + (word(instruction, 6) << 2);
  const dims = instruction + 28;
  const inStrides = dims + (rank << 2);
  const outStrides = inStrides + (rank << 2);
  const initial = f32x4.splat(identity(code));
  for (let i = 0; i < outSize << 2; i += 16) v128.store(target + i, initial);

  const columns = word(dims, rank - 1);
  const inStride = word(inStrides, rank - 1);
  const outStride = word(outStrides, rank - 1);
  // A reduced dimension next to the innermost one becomes the block's rows.
  const blockRows = rank > 1 && word(outStrides, rank - 2) == 0;
  const rows = blockRows ? word(dims, rank - 2) : 1;
  const rowStride = blockRows ? word(inStrides, rank - 2) : 0;
  const outer = blockRows ? rank - 2 : rank - 1;
  let count = 1;
  for (let d = 0; d < outer; ++d) {
    count *= word(dims, d);
    store<i32>(counters + (d << 2), 0);
  }
  let inOffset = 0;
  let outOffset = 0;
  for (let i = 0; i < count; ++i) {
    const from = source + (inOffset << 2);
    const to = target + (outOffset << 2);
    // Spelled out, so that each copy of the block is compiled for its own operation.
    if (code == op.SUM) {
      reduceBlock(op.SUM, to, from, rows, rowStride, columns, inStride, outStride);
    } else if (code == op.MAX) {
      reduceBlock(op.MAX, to, from, rows, rowStride, columns, inStride, outStride);
    } else if (code == op.MIN) {
      reduceBlock(op.MIN, to, from, rows, rowStride, columns, inStride, outStride);
    } else {
      reduceBlock(op.PROD, to, from, rows, rowStride, columns, inStride, outStride);
    }
    for (let d = outer - 1; d >= 0; --d) {
      const next = word(counters, d) + 1;
      inOffset += word(inStrides, d);
      outOffset += word(outStrides, d);
      if (next < word(dims, d)) {
        store<i32>(counters + (d << 2), next);
        break;
      }
      inOffset -= next * word(inStrides, d);
      outOffset -= next * word(outStrides, d);
      store<i32>(counters + (d << 2), 0);
    }
  }
}
