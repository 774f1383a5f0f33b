/*
 * STATISTICS of one tensor in doubles: the square of every finite float, the smallest subnormal
 * and the largest included, is a normal double, so that a norm neither under- nor overflows, and is
 * finite where all entries are.
 */
import { upper } from './math';
import * as op from './opcodes';

// @ts-ignore: decorator
@inline
function word(pointer: usize, index: i32): i32 {
  return load<i32>(pointer + (index << 2));
}

// @ts-ignore: decorator
@inline
function total2(a: v128, b: v128): f64 {
  const sum = f64x2.add(a, b);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

// @ts-ignore: decorator
@inline
function total4(counts: v128): i32 {
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}

/** Sums with those of mean and zeros that the constants ask for. */
// @ts-ignore: decorator
@inline
function measure(source: usize, n: i32, slot: usize, mean: bool, zeros: bool): void {
  let sumLow = f64x2.splat(0);
  let sumHigh = sumLow;
  let squaresLow = sumLow;
  let squaresHigh = sumLow;
  let counts = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = v128.load(source + (i << 2));
    const low = f64x2.promote_low_f32x4(x);
    const high = upper(x);
    squaresLow = f64x2.add(squaresLow, f64x2.mul(low, low));
    squaresHigh = f64x2.add(squaresHigh, f64x2.mul(high, high));
    if (mean) {
      sumLow = f64x2.add(sumLow, low);
      sumHigh = f64x2.add(sumHigh, high);
    }
    if (zeros) counts = i32x4.sub(counts, f32x4.eq(x, f32x4.splat(0)));
  }
  let sum = total2(sumLow, sumHigh);
  let squares = total2(squaresLow, squaresHigh);
  let zeroCount = total4(counts);
  for (; i < n; ++i) {
    const x = load<f32>(source + (i << 2));
    sum += <f64>x;
    squares += <f64>x * <f64>x;
    if (x == 0) ++zeroCount;
  }
  store<f64>(slot, mean ? sum : NaN);
  store<f64>(slot, squares, 8);
  store<f64>(slot, zeros ? <f64>zeroCount : NaN, 16);
  store<f64>(slot, squares < Infinity ? 1 : 0, 24);
}

/** Whether all is finite: as bits, floats without a sign are ordered as integers are, with NaN on top. */
function check(source: usize, n: i32, slot: usize): void {
  let largest = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    largest = i32x4.max_u(largest, f32x4.abs(v128.load(source + (i << 2))));
  }
  let finite = !v128.any_true(i32x4.ge_u(largest, f32x4.splat(Infinity)));
  for (; i < n; ++i) {
    if (!(abs<f32>(load<f32>(source + (i << 2))) < Infinity)) finite = false;
  }
  store<f64>(slot, NaN);
  store<f64>(slot, NaN, 8);
  store<f64>(slot, NaN, 16);
  store<f64>(slot, finite ? 1 : 0, 24);
}

export function executeStatistics(instruction: usize, arena: usize): void {
  const n = word(instruction, 2);
  const source = arena + (word(instruction, 3) << 2);
  const slot = arena + (word(instruction, 4) << 2);
  // Spelled out, so that each copy is compiled for its own measures.
  switch (word(instruction, 5)) {
    case 0:
      check(source, n, slot);
      break;
    case op.NORM:
      measure(source, n, slot, false, false);
      break;
    case op.NORM | op.ZEROS:
      measure(source, n, slot, false, true);
      break;
    default:
      measure(source, n, slot, true, true);
  }
}
