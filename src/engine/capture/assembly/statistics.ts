/*
 * STATISTICS of one tensor in doubles: the square of every finite float, the smallest subnormal
 * and the largest included, is a normal double, so that a norm neither under- nor overflows.
 */

// @ts-ignore: decorator
@inline
function word(pointer: usize, index: i32): i32 {
  return load<i32>(pointer + (index << 2));
}

export function executeStatistics(instruction: usize, arena: usize): void {
  const n = word(instruction, 2);
  const source = arena + (word(instruction, 3) << 2);
  const slot = arena + (word(instruction, 4) << 2);
  let sum = f64x2.splat(0);
  let sum2 = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let squares2 = f64x2.splat(0);
  // As bits: floats without a sign are ordered as integers are, with NaN above all, and integers
  // have a maximum in one instruction.
  let largest = i32x4.splat(0);
  let zeros = i32x4.splat(0);
  let nonFinite = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = v128.load(source + (i << 2));
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 0));
    sum = f64x2.add(sum, low);
    sum2 = f64x2.add(sum2, high);
    squares = f64x2.add(squares, f64x2.mul(low, low));
    squares2 = f64x2.add(squares2, f64x2.mul(high, high));
    const size = f32x4.abs(x);
    largest = i32x4.max_u(largest, size);
    zeros = i32x4.sub(zeros, f32x4.eq(x, f32x4.splat(0)));
    nonFinite = i32x4.add(nonFinite, f32x4.lt(size, f32x4.splat(Infinity)));
  }
  // Each finite lane added −1 above.
  let bad = i + i32x4.extract_lane(nonFinite, 0) + i32x4.extract_lane(nonFinite, 1);
  bad += i32x4.extract_lane(nonFinite, 2) + i32x4.extract_lane(nonFinite, 3);
  let zeroCount = i32x4.extract_lane(zeros, 0) + i32x4.extract_lane(zeros, 1);
  zeroCount += i32x4.extract_lane(zeros, 2) + i32x4.extract_lane(zeros, 3);
  sum = f64x2.add(sum, sum2);
  squares = f64x2.add(squares, squares2);
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  let totalSquares = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  let top = max<f32>(
    max<f32>(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max<f32>(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  );
  for (; i < n; ++i) {
    const x = load<f32>(source + (i << 2));
    total += <f64>x;
    totalSquares += <f64>x * <f64>x;
    top = max<f32>(top, abs<f32>(x));
    if (x == 0) ++zeroCount;
    if (!(abs<f32>(x) < Infinity)) ++bad;
  }
  store<f64>(slot, total);
  store<f64>(slot, totalSquares, 8);
  store<f64>(slot, <f64>top, 16);
  store<f64>(slot, <f64>zeroCount, 24);
  store<f64>(slot, <f64>bad, 32);
}
