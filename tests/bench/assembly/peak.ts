export function peak(rounds: i32, k: f32): f32 {
  let s0 = f32x4.splat(1e-3),
    s1 = f32x4.splat(2e-3);
  const b0 = f32x4.splat(0.5 * k),
    b1 = f32x4.splat(0.25 * k),
    b2 = f32x4.splat(0.35 * k),
    b3 = f32x4.splat(0.15 * k);
  let c0 = f32x4.splat(0),
    c1 = c0,
    c2 = c0,
    c3 = c0,
    c4 = c0,
    c5 = c0,
    c6 = c0,
    c7 = c0;
  const one = i32x4.splat(rounds);
  for (let i = 0; i < rounds; ++i) {
    c0 = f32x4.add(c0, f32x4.mul(s0, b0));
    c1 = f32x4.add(c1, f32x4.mul(s0, b1));
    c2 = f32x4.add(c2, f32x4.mul(s0, b2));
    c3 = f32x4.add(c3, f32x4.mul(s0, b3));
    c4 = f32x4.add(c4, f32x4.mul(s1, b0));
    c5 = f32x4.add(c5, f32x4.mul(s1, b1));
    c6 = f32x4.add(c6, f32x4.mul(s1, b2));
    c7 = f32x4.add(c7, f32x4.mul(s1, b3));
    s0 = v128.xor(s0, one);
    s1 = v128.xor(s1, one);
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)),
    f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7)),
  );
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
}
