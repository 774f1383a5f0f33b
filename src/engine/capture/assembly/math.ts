/*
 * Elementary functions on four floats at once, strict float32, the same bits on every machine.
 * exp and log follow the argument reductions and polynomials of S. Moshier's Cephes library
 * (expf, logf); the rest is built on them. Worst errors are measured in tests/unit/capture.
 *
 * Constants are read from memory: a loop with vector constants in it ran far slower in V8, which
 * seems to build them anew at each use.
 */

// prettier-ignore
const table: usize = memory.data<f32>([
  1.9875691500e-4, // EXP_0
  1.3981999507e-3, // EXP_1
  8.3334519073e-3, // EXP_2
  4.1665795894e-2, // EXP_3
  1.6666665459e-1, // EXP_4
  5.0000001201e-1, // EXP_5
  0.693359375, // LN2_HIGH
  -2.12194440e-4, // LN2_LOW
  -104, // EXP_LEAST
  89, // EXP_MOST
  1.44269504088896341, // LOG2E
  1, // ONE
  -87, // EXPM1_LEAST
  87, // EXPM1_MOST
  80, // EXPM1_SWITCH
  1.17549435e-38, // LEAST_NORMAL
  8388608, // TWO_TO_23
  23, // TWENTY_THREE
  0.707106781186547524, // SQRT_HALF
  7.0376836292e-2, // LOG_0
  -1.1514610310e-1, // LOG_1
  1.1676998740e-1, // LOG_2
  -1.2420140846e-1, // LOG_3
  1.4249322787e-1, // LOG_4
  -1.6668057665e-1, // LOG_5
  2.0000714765e-1, // LOG_6
  -2.4999993993e-1, // LOG_7
  3.3333331174e-1, // LOG_8
  0.5, // HALF
  Infinity, // INFINITY
  -Infinity, // MINUS_INFINITY
  NaN, // NOT_A_NUMBER
  4, // FOUR
  10, // TANH_MOST
  2.88539008177792681, // TWO_LOG2E
  0.3275911, // ERF_T
  1.061405429, // ERF_A_5
  -2.72614225801306e-10, // ERF_P_0
  2.77068142495902e-8, // ERF_P_1
  -2.10102402082508e-6, // ERF_P_2
  -5.69250639462346e-5, // ERF_P_3
  -7.34990630326855e-4, // ERF_P_4
  -2.954599808540250e-3, // ERF_P_5
  -1.60960333262415e-2, // ERF_P_6
  -1.45660718464996e-5, // ERF_Q_0
  -2.13374055278905e-4, // ERF_Q_1
  -1.68282697438203e-3, // ERF_Q_2
  -7.37332916720468e-3, // ERF_Q_3
  -1.42647390514189e-2, // ERF_Q_4
  12582912, // ROUNDER
  126, // LOG_BIAS
  -10, // TANH_LEAST
  -3.3333322304479e-1, // TANH_0
  1.3331127470779e-1, // TANH_1
  -5.2710867754192e-2, // TANH_2
  0.346573590279972655, // HALF_LN2
  1.1e-8, // TANH_CORRECTION
  4.9999993437416e-1, // SIGMOID_EXP_0
  1.6666520477704e-1, // SIGMOID_EXP_1
  4.166838986016e-2, // SIGMOID_EXP_2
  8.3687355658665e-3, // SIGMOID_EXP_3
  1.3814559808168e-3, // SIGMOID_EXP_4
  0.254829592, // ERF_A_1
  -0.284496736, // ERF_A_2
  1.421413741, // ERF_A_3
  -1.453152027, // ERF_A_4
]);
// prettier-ignore
const masks: usize = memory.data<i32>([
  0x007fffff, // the fraction's bits
  0x3f000000, // the exponent of 1/2
  0x80000000, // the sign
]);

// @ts-ignore: decorator
@inline const EXP_0: usize = 0;
// @ts-ignore: decorator
@inline const EXP_1: usize = 4;
// @ts-ignore: decorator
@inline const EXP_2: usize = 8;
// @ts-ignore: decorator
@inline const EXP_3: usize = 12;
// @ts-ignore: decorator
@inline const EXP_4: usize = 16;
// @ts-ignore: decorator
@inline const EXP_5: usize = 20;
// @ts-ignore: decorator
@inline const LN2_HIGH: usize = 24;
// @ts-ignore: decorator
@inline const LN2_LOW: usize = 28;
// @ts-ignore: decorator
@inline const EXP_LEAST: usize = 32;
// @ts-ignore: decorator
@inline const EXP_MOST: usize = 36;
// @ts-ignore: decorator
@inline const LOG2E: usize = 40;
// @ts-ignore: decorator
@inline const ONE: usize = 44;
// @ts-ignore: decorator
@inline const EXPM1_LEAST: usize = 48;
// @ts-ignore: decorator
@inline const EXPM1_MOST: usize = 52;
// @ts-ignore: decorator
@inline const EXPM1_SWITCH: usize = 56;
// @ts-ignore: decorator
@inline const LEAST_NORMAL: usize = 60;
// @ts-ignore: decorator
@inline const TWO_TO_23: usize = 64;
// @ts-ignore: decorator
@inline const TWENTY_THREE: usize = 68;
// @ts-ignore: decorator
@inline const SQRT_HALF: usize = 72;
// @ts-ignore: decorator
@inline const LOG_0: usize = 76;
// @ts-ignore: decorator
@inline const LOG_1: usize = 80;
// @ts-ignore: decorator
@inline const LOG_2: usize = 84;
// @ts-ignore: decorator
@inline const LOG_3: usize = 88;
// @ts-ignore: decorator
@inline const LOG_4: usize = 92;
// @ts-ignore: decorator
@inline const LOG_5: usize = 96;
// @ts-ignore: decorator
@inline const LOG_6: usize = 100;
// @ts-ignore: decorator
@inline const LOG_7: usize = 104;
// @ts-ignore: decorator
@inline const LOG_8: usize = 108;
// @ts-ignore: decorator
@inline const HALF: usize = 112;
// @ts-ignore: decorator
@inline const INFINITY: usize = 116;
// @ts-ignore: decorator
@inline const MINUS_INFINITY: usize = 120;
// @ts-ignore: decorator
@inline const NOT_A_NUMBER: usize = 124;
// @ts-ignore: decorator
@inline const FOUR: usize = 128;
// @ts-ignore: decorator
@inline const TANH_MOST: usize = 132;
// @ts-ignore: decorator
@inline const TWO_LOG2E: usize = 136;
// @ts-ignore: decorator
@inline const ERF_T: usize = 140;
// @ts-ignore: decorator
@inline const ERF_A_5: usize = 144;
// @ts-ignore: decorator
@inline const ERF_P_0: usize = 148;
// @ts-ignore: decorator
@inline const ERF_P_1: usize = 152;
// @ts-ignore: decorator
@inline const ERF_P_2: usize = 156;
// @ts-ignore: decorator
@inline const ERF_P_3: usize = 160;
// @ts-ignore: decorator
@inline const ERF_P_4: usize = 164;
// @ts-ignore: decorator
@inline const ERF_P_5: usize = 168;
// @ts-ignore: decorator
@inline const ERF_P_6: usize = 172;
// @ts-ignore: decorator
@inline const ERF_Q_0: usize = 176;
// @ts-ignore: decorator
@inline const ERF_Q_1: usize = 180;
// @ts-ignore: decorator
@inline const ERF_Q_2: usize = 184;
// @ts-ignore: decorator
@inline const ERF_Q_3: usize = 188;
// @ts-ignore: decorator
@inline const ERF_Q_4: usize = 192;
// @ts-ignore: decorator
@inline const ROUNDER: usize = 196;
// @ts-ignore: decorator
@inline const LOG_BIAS: usize = 200;
// @ts-ignore: decorator
@inline const TANH_LEAST: usize = 204;
// @ts-ignore: decorator
@inline const TANH_0: usize = 208;
// @ts-ignore: decorator
@inline const TANH_1: usize = 212;
// @ts-ignore: decorator
@inline const TANH_2: usize = 216;
// @ts-ignore: decorator
@inline const HALF_LN2: usize = 220;
// @ts-ignore: decorator
@inline const TANH_CORRECTION: usize = 224;
// @ts-ignore: decorator
@inline const SIGMOID_EXP_0: usize = 228;
// @ts-ignore: decorator
@inline const SIGMOID_EXP_1: usize = 232;
// @ts-ignore: decorator
@inline const SIGMOID_EXP_2: usize = 236;
// @ts-ignore: decorator
@inline const SIGMOID_EXP_3: usize = 240;
// @ts-ignore: decorator
@inline const SIGMOID_EXP_4: usize = 244;
// @ts-ignore: decorator
@inline const ERF_A_1: usize = 248;
// @ts-ignore: decorator
@inline const ERF_A_2: usize = 252;
// @ts-ignore: decorator
@inline const ERF_A_3: usize = 256;
// @ts-ignore: decorator
@inline const ERF_A_4: usize = 260;

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** The last two lanes as doubles. */
// @ts-ignore: decorator
@inline
export function upper(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 0));
}

/** The table's entry at a byte offset, in all four lanes. */
// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load32_splat(table + offset);
}

// @ts-ignore: decorator
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * x / ln 2 rounded to a whole number n, left in the low bits of a float: adding 1.5 · 2^23 leaves
 * no room for a fraction. For |x| < 2^21.
 */
// @ts-ignore: decorator
@inline
function roundedQuotient(x: v128): v128 {
  return madd(x, constant(LOG2E), constant(ROUNDER));
}

/** n itself from `roundedQuotient`. */
// @ts-ignore: decorator
@inline
function wholeOf(rounded: v128): v128 {
  return f32x4.sub(rounded, constant(ROUNDER));
}

/** 2^n from `roundedQuotient`, n in −126 … 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(rounded: v128): v128 {
  return i32x4.add(i32x4.shl(rounded, 23), constant(ONE));
}

/** exp(r) − 1 for |r| ≤ ln(2)/2. */
// @ts-ignore: decorator
@inline
function expm1Reduced(r: v128): v128 {
  let p = madd(constant(EXP_0), r, constant(EXP_1));
  p = madd(p, r, constant(EXP_2));
  p = madd(p, r, constant(EXP_3));
  p = madd(p, r, constant(EXP_4));
  p = madd(p, r, constant(EXP_5));
  return madd(f32x4.mul(p, r), r, r);
}

// @ts-ignore: decorator
@inline
function reduce(x: v128, n: v128): v128 {
  const r = f32x4.sub(x, f32x4.mul(n, constant(LN2_HIGH)));
  return f32x4.sub(r, f32x4.mul(n, constant(LN2_LOW)));
}

// @ts-ignore: decorator
@inline
export function exp4(value: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(value, constant(EXP_LEAST)), constant(EXP_MOST));
  const rounded = roundedQuotient(x);
  const n = wholeOf(rounded);
  const y = f32x4.add(expm1Reduced(reduce(x, n)), constant(ONE));
  // Two factors, so that neither the scale of a large nor of a subnormal result is out of range.
  const half = madd(n, constant(HALF), constant(ROUNDER));
  const rest = f32x4.add(f32x4.sub(n, wholeOf(half)), constant(ROUNDER));
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(rest));
}

/** exp(x) − 1 for −87 ≤ x ≤ 87 without loss near 0. */
// @ts-ignore: decorator
@inline
function expm1Bounded(x: v128): v128 {
  const rounded = roundedQuotient(x);
  const e = expm1Reduced(reduce(x, wholeOf(rounded)));
  const scale = powerOfTwo(rounded);
  return madd(scale, e, f32x4.sub(scale, constant(ONE)));
}

// @ts-ignore: decorator
@inline
export function expm14(x: v128): v128 {
  const bounded = expm1Bounded(f32x4.pmin(f32x4.pmax(x, constant(EXPM1_LEAST)), constant(EXPM1_MOST)));
  return v128.bitselect(exp4(x), bounded, f32x4.gt(x, constant(EXPM1_SWITCH)));
}

// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const subnormal = f32x4.lt(x, constant(LEAST_NORMAL));
  const scaled = v128.bitselect(f32x4.mul(x, constant(TWO_TO_23)), x, subnormal);
  let e = f32x4.sub(f32x4.convert_i32x4_s(i32x4.shr_u(scaled, 23)), constant(LOG_BIAS));
  e = f32x4.sub(e, v128.and(subnormal, constant(TWENTY_THREE)));
  let m = v128.or(v128.and(scaled, v128.load32_splat(masks)), v128.load32_splat(masks, 4));
  const small = f32x4.lt(m, constant(SQRT_HALF));
  e = f32x4.sub(e, v128.and(small, constant(ONE)));
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), constant(ONE));
  const z = f32x4.mul(m, m);
  let p = madd(constant(LOG_0), m, constant(LOG_1));
  p = madd(p, m, constant(LOG_2));
  p = madd(p, m, constant(LOG_3));
  p = madd(p, m, constant(LOG_4));
  p = madd(p, m, constant(LOG_5));
  p = madd(p, m, constant(LOG_6));
  p = madd(p, m, constant(LOG_7));
  p = madd(p, m, constant(LOG_8));
  let y = f32x4.mul(f32x4.mul(p, m), z);
  y = madd(e, constant(LN2_LOW), y);
  y = f32x4.sub(y, f32x4.mul(constant(HALF), z));
  let result = madd(e, constant(LN2_HIGH), f32x4.add(m, y));
  result = v128.bitselect(x, result, f32x4.eq(x, constant(INFINITY)));
  result = v128.bitselect(constant(MINUS_INFINITY), result, f32x4.eq(x, f32x4.splat(0)));
  return v128.bitselect(result, constant(NOT_A_NUMBER), f32x4.ge(x, f32x4.splat(0)));
}

/** log(1 + x): the logarithm of the rounded sum, mended by what the rounding lost. */
// @ts-ignore: decorator
@inline
export function log1p4(x: v128): v128 {
  const u = f32x4.add(x, constant(ONE));
  const lost = f32x4.sub(x, f32x4.sub(u, constant(ONE)));
  const mended = f32x4.add(log4(u), f32x4.div(lost, u));
  // Where u is 0 or infinite the correction is NaN and the logarithm already exact.
  const exact = v128.or(f32x4.eq(u, f32x4.splat(0)), f32x4.eq(u, constant(INFINITY)));
  const result = v128.bitselect(log4(u), mended, exact);
  return v128.bitselect(x, result, f32x4.eq(u, constant(ONE)));
}

/**
 * tanh over a strip by the addition theorem: x = n ln(2)/2 + a with |a| ≤ ln(2)/4, where
 * tanh(n ln(2)/2) = (1 − S)/(1 + S) with S = 2^−n, so that with t = tanh(a) = a + a³ P(a²)
 * tanh(x) = (1 − S)/(1 + S) + 4 S t/((1 + S) (1 + S + t (1 − S))).
 * For n = 0 that is t itself: nothing is lost near 0. 1/3 and 3/5, the values for n = 1 and 2, are
 * rounded up; the correction of a makes up for that, so that errors have no sign. Two vectors at a time,
 * so that each constant is read once for both.
 */
export function tanhStrip(target: usize, source: usize, bytes: i32): void {
  for (let i: i32 = 0; i < bytes; i += 32) {
    let c = constant(TANH_MOST);
    let d = constant(TANH_LEAST);
    let xa = f32x4.pmax(f32x4.pmin(v128.load(source + i), c), d);
    let xb = f32x4.pmax(f32x4.pmin(v128.load(source + i, 16), c), d);
    const rounder = constant(ROUNDER);
    c = constant(TWO_LOG2E);
    let sa = madd(xa, c, rounder);
    let sb = madd(xb, c, rounder);
    c = constant(HALF_LN2);
    const na = f32x4.sub(sa, rounder);
    const nb = f32x4.sub(sb, rounder);
    xa = f32x4.sub(xa, f32x4.mul(na, c));
    xb = f32x4.sub(xb, f32x4.mul(nb, c));
    c = constant(TANH_CORRECTION);
    xa = f32x4.sub(xa, f32x4.mul(na, c));
    xb = f32x4.sub(xb, f32x4.mul(nb, c));
    sa = i32x4.shl(sa, 23);
    sb = i32x4.shl(sb, 23);
    const za = f32x4.mul(xa, xa);
    const zb = f32x4.mul(xb, xb);
    c = constant(TANH_2);
    d = constant(TANH_1);
    let ta = madd(c, za, d);
    let tb = madd(c, zb, d);
    c = constant(TANH_0);
    ta = madd(ta, za, c);
    tb = madd(tb, zb, c);
    ta = madd(f32x4.mul(ta, za), xa, xa);
    tb = madd(f32x4.mul(tb, zb), xb, xb);
    const one = constant(ONE);
    const four = constant(FOUR);
    xa = i32x4.sub(one, sa);
    xb = i32x4.sub(one, sb);
    sa = f32x4.mul(ta, i32x4.sub(four, sa));
    sb = f32x4.mul(tb, i32x4.sub(four, sb));
    const pa = f32x4.add(one, xa);
    const pb = f32x4.add(one, xb);
    xa = f32x4.sub(one, xa);
    xb = f32x4.sub(one, xb);
    ta = f32x4.mul(pa, madd(ta, xa, pa));
    tb = f32x4.mul(pb, madd(tb, xb, pb));
    v128.store(target + i, f32x4.add(f32x4.div(xa, pa), f32x4.div(sa, ta)));
    v128.store(target + i, f32x4.add(f32x4.div(xb, pb), f32x4.div(sb, tb)), 16);
  }
}

/**
 * 1/(1 + e^−x), from e^−|x| so that small results keep their digits: with E = e^−|x| and
 * q = E/(1 + E) it is 1 − q for x ≥ 0 and E − E q below, where the rounding of 1 + E weighs nothing.
 */
// @ts-ignore: decorator
@inline
function sigmoid4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const one = constant(ONE);
  const q = f32x4.div(e, f32x4.add(e, one));
  const scale = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.sub(scale, f32x4.mul(scale, q));
}

/**
 * The same over a strip, with one scale where no result is subnormal. Two vectors at a time, so that
 * each constant is read once for both.
 */
export function sigmoidStrip(target: usize, source: usize, bytes: i32): void {
  for (let i: i32 = 0; i < bytes; i += 32) {
    const ya = v128.load(source + i);
    const yb = v128.load(source + i, 16);
    let c = constant(EXPM1_LEAST);
    if (v128.any_true(v128.or(f32x4.lt(ya, c), f32x4.lt(yb, c)))) {
      v128.store(target + i, sigmoid4(ya));
      v128.store(target + i, sigmoid4(yb), 16);
      continue;
    }
    const sign = v128.load32_splat(masks, 8);
    let xa = f32x4.pmax(v128.or(ya, sign), c);
    let xb = f32x4.pmax(v128.or(yb, sign), c);
    c = constant(LOG2E);
    const rounder = constant(ROUNDER);
    let sa = madd(xa, c, rounder);
    let sb = madd(xb, c, rounder);
    const na = f32x4.sub(sa, rounder);
    const nb = f32x4.sub(sb, rounder);
    c = constant(LN2_HIGH);
    xa = f32x4.sub(xa, f32x4.mul(na, c));
    xb = f32x4.sub(xb, f32x4.mul(nb, c));
    c = constant(LN2_LOW);
    xa = f32x4.sub(xa, f32x4.mul(na, c));
    xb = f32x4.sub(xb, f32x4.mul(nb, c));
    const d = constant(SIGMOID_EXP_3);
    c = constant(SIGMOID_EXP_4);
    let pa = madd(c, xa, d);
    let pb = madd(c, xb, d);
    c = constant(SIGMOID_EXP_2);
    pa = madd(pa, xa, c);
    pb = madd(pb, xb, c);
    c = constant(SIGMOID_EXP_1);
    pa = madd(pa, xa, c);
    pb = madd(pb, xb, c);
    c = constant(SIGMOID_EXP_0);
    pa = madd(pa, xa, c);
    pb = madd(pb, xb, c);
    pa = madd(f32x4.mul(pa, xa), xa, xa);
    pb = madd(f32x4.mul(pb, xb), xb, xb);
    const one = constant(ONE);
    sa = i32x4.add(i32x4.shl(sa, 23), one);
    sb = i32x4.add(i32x4.shl(sb, 23), one);
    sa = madd(sa, pa, sa);
    sb = madd(sb, pb, sb);
    pa = f32x4.div(sa, f32x4.add(sa, one));
    pb = f32x4.div(sb, f32x4.add(sb, one));
    // The sign chooses the scale: all ones where x is below 0.
    sa = v128.bitselect(sa, one, i32x4.shr_s(ya, 31));
    sb = v128.bitselect(sb, one, i32x4.shr_s(yb, 31));
    v128.store(target + i, f32x4.sub(sa, f32x4.mul(sa, pa)));
    v128.store(target + i, f32x4.sub(sb, f32x4.mul(sb, pb)), 16);
  }
}

/** log(1 + e^x) = max(x, 0) + log1p(e^−|x|). */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), log1p4(exp4(f32x4.neg(f32x4.abs(x)))));
}

/**
 * erf(x) = x · P(x²)/Q(x²) on |x| < 1, with the coefficients of the Eigen library; beyond,
 * 1 − t(a₁ + … + a₅t⁴) e^(−x²) with t = 1/(1 + px), Abramowitz & Stegun 7.1.26, as tfjs has it:
 * where a function takes 1 + erf near −1, nothing but the same formula agrees with tfjs.
 */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let p = madd(constant(ERF_P_0), z, constant(ERF_P_1));
  p = madd(p, z, constant(ERF_P_2));
  p = madd(p, z, constant(ERF_P_3));
  p = madd(p, z, constant(ERF_P_4));
  p = madd(p, z, constant(ERF_P_5));
  p = madd(p, z, constant(ERF_P_6));
  let q = madd(constant(ERF_Q_0), z, constant(ERF_Q_1));
  q = madd(q, z, constant(ERF_Q_2));
  q = madd(q, z, constant(ERF_Q_3));
  q = madd(q, z, constant(ERF_Q_4));
  const inner = f32x4.div(f32x4.mul(p, x), q);

  const one = constant(ONE);
  const size = f32x4.abs(x);
  const t = f32x4.div(one, madd(constant(ERF_T), size, one));
  let a = madd(constant(ERF_A_5), t, constant(ERF_A_4));
  a = madd(a, t, constant(ERF_A_3));
  a = madd(a, t, constant(ERF_A_2));
  a = madd(a, t, constant(ERF_A_1));
  const outer = f32x4.sub(one, f32x4.mul(f32x4.mul(a, t), exp4(f32x4.neg(z))));
  const sign = v128.load32_splat(masks, 8);
  const signed = v128.or(v128.andnot(outer, sign), v128.and(x, sign));
  return v128.bitselect(inner, signed, f32x4.lt(size, one));
}
