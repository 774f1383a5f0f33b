/*
 * Normal numbers in bulk: mulberry32 and Box–Muller as in ../../rng.ts, four pairs at a time, in
 * strict float32. The state of mulberry32 grows by a constant a draw, so any part of the stream can
 * be drawn without what lies before it.
 */
const STRIDE: i32 = 0x6d2b79f5;

/*
 * Constants are read from memory: a loop with vector constants in it runs slower in V8. The
 * polynomials are those of S. Moshier's Cephes library (logf, sinf, cosf), the logarithm's times −2.
 */
// prettier-ignore
const table: usize = memory.data<f32>([
  2.3283064365386963e-10, // TWO_TO_MINUS_32
  1, // ONE
  -1.3862943611198906, // EXPONENT: −2 ln 2
  1.4629180792671596e-9, // ANGLE: 2π/2^32
  -1.9515295891e-4, // SIN_0
  8.3321608736e-3, // SIN_1
  -1.6666654611e-1, // SIN_2
  2.443315711809948e-5, // COS_0
  -1.388731625493765e-3, // COS_1
  4.166664568298827e-2, // COS_2
  -0.5, // COS_3
  -1.4075367258e-01, // LOG_0
  2.3029220620e-01, // LOG_1
  -2.3353997480e-01, // LOG_2
  2.4840281692e-01, // LOG_3
  -2.8498645574e-01, // LOG_4
  3.3336115330e-01, // LOG_5
  -4.0001429530e-01, // LOG_6
  4.9999987986e-01, // LOG_7
  -6.6666662348e-01, // LOG_8
  -2, // MINUS_TWO
]);
// prettier-ignore
const words: usize = memory.data<i32>([
  1, // ONE_WORD
  61, // SIXTY_ONE
  0x3f3504f3, // SQRT_HALF, as a float's bits
  0x20000000, // EIGHTH, of a turn
  0x40000000, // QUARTER
  0x80000000, // SIGN
]);

// @ts-ignore: decorator
@inline const TWO_TO_MINUS_32: usize = 0;
// @ts-ignore: decorator
@inline const ONE: usize = 4;
// @ts-ignore: decorator
@inline const EXPONENT: usize = 8;
// @ts-ignore: decorator
@inline const ANGLE: usize = 12;
// @ts-ignore: decorator
@inline const SIN_0: usize = 16;
// @ts-ignore: decorator
@inline const SIN_1: usize = 20;
// @ts-ignore: decorator
@inline const SIN_2: usize = 24;
// @ts-ignore: decorator
@inline const COS_0: usize = 28;
// @ts-ignore: decorator
@inline const COS_1: usize = 32;
// @ts-ignore: decorator
@inline const COS_2: usize = 36;
// @ts-ignore: decorator
@inline const COS_3: usize = 40;
// @ts-ignore: decorator
@inline const LOG_0: usize = 44;
// @ts-ignore: decorator
@inline const LOG_1: usize = 48;
// @ts-ignore: decorator
@inline const LOG_2: usize = 52;
// @ts-ignore: decorator
@inline const LOG_3: usize = 56;
// @ts-ignore: decorator
@inline const LOG_4: usize = 60;
// @ts-ignore: decorator
@inline const LOG_5: usize = 64;
// @ts-ignore: decorator
@inline const LOG_6: usize = 68;
// @ts-ignore: decorator
@inline const LOG_7: usize = 72;
// @ts-ignore: decorator
@inline const LOG_8: usize = 76;
// @ts-ignore: decorator
@inline const MINUS_TWO: usize = 80;
// @ts-ignore: decorator
@inline const ONE_WORD: usize = 0;
// @ts-ignore: decorator
@inline const SIXTY_ONE: usize = 4;
// @ts-ignore: decorator
@inline const SQRT_HALF: usize = 8;
// @ts-ignore: decorator
@inline const EIGHTH: usize = 12;
// @ts-ignore: decorator
@inline const QUARTER: usize = 16;
// @ts-ignore: decorator
@inline const SIGN: usize = 20;

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load32_splat(table + offset);
}

// @ts-ignore: decorator
@inline
function word(offset: usize): v128 {
  return v128.load32_splat(words + offset);
}

// @ts-ignore: decorator
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** mulberry32's 32 bits of four states. */
// @ts-ignore: decorator
@inline
function scramble(state: v128): v128 {
  let t = i32x4.mul(v128.xor(state, i32x4.shr_u(state, 15)), v128.or(state, word(ONE_WORD)));
  const u = i32x4.mul(v128.xor(t, i32x4.shr_u(t, 7)), v128.or(t, word(SIXTY_ONE)));
  t = v128.xor(t, i32x4.add(t, u));
  return v128.xor(t, i32x4.shr_u(t, 14));
}

/** √(−2 ln u) with u = 1 − bits/2^32, which is never 0. */
// @ts-ignore: decorator
@inline
function radius(bits: v128): v128 {
  const rest = f32x4.mul(f32x4.convert_i32x4_u(i32x4.neg(bits)), constant(TWO_TO_MINUS_32));
  const whole = i32x4.eq(bits, i32x4.splat(0));
  const u = v128.or(rest, v128.and(whole, constant(ONE)));
  // u = m · 2^e with m from √½ to √2.
  const e = i32x4.shr_s(i32x4.sub(u, word(SQRT_HALF)), 23);
  const f = f32x4.sub(i32x4.sub(u, i32x4.shl(e, 23)), constant(ONE));
  const z = f32x4.mul(f, f);
  let p = madd(constant(LOG_0), f, constant(LOG_1));
  p = madd(p, f, constant(LOG_2));
  p = madd(p, f, constant(LOG_3));
  p = madd(p, f, constant(LOG_4));
  p = madd(p, f, constant(LOG_5));
  p = madd(p, f, constant(LOG_6));
  p = madd(p, f, constant(LOG_7));
  p = madd(p, f, constant(LOG_8));
  p = f32x4.mul(f32x4.mul(p, f), z);
  p = f32x4.add(p, z);
  p = f32x4.add(p, f32x4.mul(f, constant(MINUS_TWO)));
  return f32x4.sqrt(madd(f32x4.convert_i32x4_s(e), constant(EXPONENT), p));
}

/** The quadrant of an angle of bits/2^32 turns, counted from an eighth of a turn before 0. */
// @ts-ignore: decorator
@inline
function quadrantOf(bits: v128): v128 {
  return i32x4.shr_u(i32x4.add(bits, word(EIGHTH)), 30);
}

/** What is left of the angle within its quadrant, −π/4 to π/4. */
// @ts-ignore: decorator
@inline
function remainder(bits: v128, quadrant: v128): v128 {
  const rest = i32x4.sub(bits, i32x4.shl(quadrant, 30));
  return f32x4.mul(f32x4.convert_i32x4_s(rest), constant(ANGLE));
}

// @ts-ignore: decorator
@inline
function sineOf(a: v128, z: v128): v128 {
  const s = madd(madd(constant(SIN_0), z, constant(SIN_1)), z, constant(SIN_2));
  return madd(f32x4.mul(s, z), a, a);
}

// @ts-ignore: decorator
@inline
function cosineOf(z: v128): v128 {
  let c = madd(constant(COS_0), z, constant(COS_1));
  c = madd(c, z, constant(COS_2));
  c = madd(c, z, constant(COS_3));
  return madd(c, z, constant(ONE));
}

/** All ones where the quadrant is odd: there sine and cosine change places. */
// @ts-ignore: decorator
@inline
function oddQuadrants(quadrant: v128): v128 {
  return i32x4.shr_s(i32x4.shl(quadrant, 31), 31);
}

/** The cosine's sign: negative in quadrants 1 and 2. */
// @ts-ignore: decorator
@inline
function cosineSign(quadrant: v128): v128 {
  return v128.and(i32x4.shl(i32x4.add(quadrant, word(ONE_WORD)), 30), word(SIGN));
}

/** The sine's sign: negative in quadrants 2 and 3. */
// @ts-ignore: decorator
@inline
function sineSign(quadrant: v128): v128 {
  return v128.and(i32x4.shl(quadrant, 30), word(SIGN));
}

/** First address that the host may write to. */
export function firstFreeAddress(): usize {
  return __heap_base;
}

/**
 * `count` draws, a multiple of 8, from the draw with this number (even) on. `seed` is the stream's.
 */
export function fill(target: usize, seed: i32, from: i32, count: i32, std: f32): void {
  const scale = f32x4.splat(std);
  // Pair p takes the words 2p and 2p + 1, whose states are seed + (word + 1) · STRIDE.
  let state = i32x4.add(
    i32x4.splat(seed + (from + 1) * STRIDE),
    i32x4.mul(i32x4(0, 2, 4, 6), i32x4.splat(STRIDE)),
  );
  const step = i32x4.splat(8 * STRIDE);
  const next = i32x4.splat(STRIDE);
  const end = target + (<usize>count << 2);
  for (let at = target; at < end; at += 32) {
    const length = f32x4.mul(radius(scramble(state)), scale);
    const bits = scramble(i32x4.add(state, next));
    const quadrant = quadrantOf(bits);
    const a = remainder(bits, quadrant);
    const z = f32x4.mul(a, a);
    const s = sineOf(a, z);
    const c = cosineOf(z);
    const odd = oddQuadrants(quadrant);
    const cosine = f32x4.mul(v128.xor(v128.bitselect(s, c, odd), cosineSign(quadrant)), length);
    const sine = f32x4.mul(v128.xor(v128.bitselect(c, s, odd), sineSign(quadrant)), length);
    v128.store(at, v128.shuffle<f32>(cosine, sine, 0, 4, 1, 5));
    v128.store(at, v128.shuffle<f32>(cosine, sine, 2, 6, 3, 7), 16);
    state = i32x4.add(state, step);
  }
}

/**
 * The same draws as those of a row-major [rows, columns] matrix that begins at draw `from`, written
 * transposed: its columns `first` … `first + count` − 1 as rows of `rows` numbers. `first` and
 * `count` are even, `rows` is a multiple of 4.
 */
export function fillTransposed(
  target: usize,
  seed: i32,
  from: i32,
  rows: i32,
  columns: i32,
  first: i32,
  count: i32,
  std: f32,
): void {
  const scale = f32x4.splat(std);
  const next = i32x4.splat(STRIDE);
  const lanes = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(columns * STRIDE));
  const step = i32x4.splat(4 * columns * STRIDE);
  const row: usize = <usize>rows << 2;
  for (let column = first; column < first + count; column += 2) {
    let state = i32x4.add(i32x4.splat(seed + (from + column + 1) * STRIDE), lanes);
    const end = target + row;
    for (; target < end; target += 16) {
      const length = f32x4.mul(radius(scramble(state)), scale);
      const bits = scramble(i32x4.add(state, next));
      const quadrant = quadrantOf(bits);
      const a = remainder(bits, quadrant);
      const z = f32x4.mul(a, a);
      const s = sineOf(a, z);
      const c = cosineOf(z);
      const odd = oddQuadrants(quadrant);
      const cosine = f32x4.mul(v128.xor(v128.bitselect(s, c, odd), cosineSign(quadrant)), length);
      const sine = f32x4.mul(v128.xor(v128.bitselect(c, s, odd), sineSign(quadrant)), length);
      v128.store(target, cosine);
      v128.store(target + row, sine);
      state = i32x4.add(state, step);
    }
    target += row;
  }
}
