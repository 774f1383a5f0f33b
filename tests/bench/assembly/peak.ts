/*
 * The machine's peak for 128-bit WebAssembly without fused operations: eight sums that each take a
 * product a round, as in a matrix product, with nothing read or written. The factors come from
 * `scale`, since a constant would be built anew at each use.
 */
export function peak(rounds: i32, scale: f32): f32 {
  let s0 = f32x4.splat(1e-3 * scale);
  let s1 = f32x4.splat(2e-3 * scale);
  const b0 = f32x4.splat(0.5 * scale);
  const b1 = f32x4.splat(0.25 * scale);
  const b2 = f32x4.splat(0.35 * scale);
  const b3 = f32x4.splat(0.15 * scale);
  const step = i32x4.splat(rounds);
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let c5 = c0;
  let c6 = c0;
  let c7 = c0;
  for (let i = 0; i < rounds; ++i) {
    c0 = f32x4.add(c0, f32x4.mul(s0, b0));
    c1 = f32x4.add(c1, f32x4.mul(s0, b1));
    c2 = f32x4.add(c2, f32x4.mul(s0, b2));
    c3 = f32x4.add(c3, f32x4.mul(s0, b3));
    c4 = f32x4.add(c4, f32x4.mul(s1, b0));
    c5 = f32x4.add(c5, f32x4.mul(s1, b1));
    c6 = f32x4.add(c6, f32x4.mul(s1, b2));
    c7 = f32x4.add(c7, f32x4.mul(s1, b3));
    // Changes the factor, so that the products cannot be taken once for all rounds.
    s0 = v128.xor(s0, step);
    s1 = v128.xor(s1, step);
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)),
    f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7)),
  );
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
}
