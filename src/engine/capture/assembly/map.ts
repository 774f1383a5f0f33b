/*
 * MAP: a chain of elementwise operations over strips that stay in the first-level cache. Each
 * step runs over one strip; a step's operand is a tensor read in place, a strip gathered into a
 * scratch register, or an earlier step's result.
 */
import * as fn from './elementwise';
import * as op from './opcodes';
import { erf4, exp4, expm14, log1p4, log4, sigmoidStrip, softplus4, splat, tanhStrip } from './math';

const REGISTER_BYTES: i32 = (op.STRIP + 4) << 2;
const registers: usize = memory.data(op.REGISTERS * ((op.STRIP + 4) << 2), 16);
/** Per slot: address, and a mask that says whether it moves with the strip. */
const slots: usize = memory.data(op.SLOTS * 8, 16);

// @ts-ignore: decorator
@inline
function word(pointer: usize, index: i32): i32 {
  return load<i32>(pointer + (index << 2));
}

// @ts-ignore: decorator
@inline
function isAbove(x: v128): v128 {
  return f32x4.gt(x, splat(0));
}

// @ts-ignore: decorator
@inline
function one(mask: v128): v128 {
  return v128.and(mask, splat(1));
}

// @ts-ignore: decorator
@inline
function isNonZero(x: v128): v128 {
  return f32x4.ne(x, splat(0));
}

/** Copies `count` floats at any distance into consecutive ones; may write 3 floats more. */
// @ts-ignore: decorator
@inline
function gatherRow(target: usize, source: usize, count: i32, stride: i32): void {
  if (stride == 1) {
    for (let i = 0; i < count << 2; i += 16) v128.store(target + i, v128.load(source + i));
  } else if (stride == 0) {
    const value = v128.load32_splat(source);
    for (let i = 0; i < count << 2; i += 16) v128.store(target + i, value);
  } else {
    for (let i = 0; i < count; ++i) {
      store<f32>(target + (i << 2), load<f32>(source));
      source += stride << 2;
    }
  }
}

/** Gathers elements start … start + count of a strided tensor, in row-major order. */
export function gatherStrip(
  target: usize,
  source: usize,
  start: i32,
  count: i32,
  rank: i32,
  dims: usize,
  strides: usize,
): void {
  const inner = word(dims, rank - 1);
  const innerStride = word(strides, rank - 1);
  let row = start / inner;
  let column = start - row * inner;
  while (count > 0) {
    let rest = row;
    let offset = column * innerStride;
    for (let d = rank - 2; d >= 0; --d) {
      const size = word(dims, d);
      const quotient = rest / size;
      offset += (rest - quotient * size) * word(strides, d);
      rest = quotient;
    }
    const length = min(inner - column, count);
    gatherRow(target, source + (offset << 2), length, innerStride);
    target += length << 2;
    count -= length;
    column = 0;
    ++row;
  }
}

/** Repeats the first `period` floats of a register up to `count`. */
function repeat(target: usize, period: i32, count: i32): void {
  let filled = period;
  while (filled < count) {
    const length = min(filled, count - filled);
    memory.copy(target + (filled << 2), target, length << 2);
    filled += length;
  }
}

// prettier-ignore
function unaryStrip(code: i32, d: usize, a: usize, bytes: i32, immediate0: f32, immediate1: f32): void {
  const zero = splat(0);
  let i: i32 = 0;
  switch (code) {
    case fn.COPY: for (; i < bytes; i += 16) v128.store(d + i, v128.load(a + i)); break;
    case fn.NEG: for (; i < bytes; i += 16) v128.store(d + i, f32x4.neg(v128.load(a + i))); break;
    case fn.ABS: for (; i < bytes; i += 16) v128.store(d + i, f32x4.abs(v128.load(a + i))); break;
    case fn.SIGN: for (; i < bytes; i += 16) {
      const x = v128.load(a + i);
      v128.store(d + i, f32x4.sub(one(isAbove(x)), one(f32x4.lt(x, zero))));
    } break;
    case fn.SQRT: for (; i < bytes; i += 16) v128.store(d + i, f32x4.sqrt(v128.load(a + i))); break;
    case fn.RSQRT: for (; i < bytes; i += 16) v128.store(d + i, f32x4.div(splat(1), f32x4.sqrt(v128.load(a + i)))); break;
    case fn.RECIPROCAL: for (; i < bytes; i += 16) v128.store(d + i, f32x4.div(splat(1), v128.load(a + i))); break;
    case fn.SQUARE: for (; i < bytes; i += 16) { const x = v128.load(a + i); v128.store(d + i, f32x4.mul(x, x)); } break;
    case fn.EXP: for (; i < bytes; i += 16) v128.store(d + i, exp4(v128.load(a + i))); break;
    case fn.RELU: for (; i < bytes; i += 16) v128.store(d + i, f32x4.pmax(v128.load(a + i), zero)); break;
    case fn.RELU6: for (; i < bytes; i += 16) v128.store(d + i, f32x4.pmin(f32x4.pmax(v128.load(a + i), zero), splat(6))); break;
    case fn.STEP: for (; i < bytes; i += 16) {
      const x = v128.load(a + i);
      const finite = v128.bitselect(splat(1), splat(immediate0), isAbove(x));
      v128.store(d + i, v128.bitselect(finite, x, f32x4.eq(x, x)));
    } break;
    case fn.LEAKY_RELU: for (; i < bytes; i += 16) {
      const x = v128.load(a + i);
      v128.store(d + i, v128.bitselect(f32x4.mul(x, splat(immediate0)), x, f32x4.lt(x, zero)));
    } break;
    case fn.FLOOR: for (; i < bytes; i += 16) v128.store(d + i, f32x4.floor(v128.load(a + i))); break;
    case fn.CEIL: for (; i < bytes; i += 16) v128.store(d + i, f32x4.ceil(v128.load(a + i))); break;
    case fn.ROUND: for (; i < bytes; i += 16) v128.store(d + i, f32x4.nearest(v128.load(a + i))); break;
    case fn.TRUNC: for (; i < bytes; i += 16) v128.store(d + i, f32x4.trunc(v128.load(a + i))); break;
    case fn.NOT: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.eq(v128.load(a + i), zero))); break;
    case fn.TO_BOOL: for (; i < bytes; i += 16) v128.store(d + i, one(isNonZero(v128.load(a + i)))); break;
    case fn.IS_NAN: for (; i < bytes; i += 16) { const x = v128.load(a + i); v128.store(d + i, one(f32x4.ne(x, x))); } break;
    case fn.IS_INF: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.eq(f32x4.abs(v128.load(a + i)), splat(Infinity)))); break;
    case fn.IS_FINITE: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.lt(f32x4.abs(v128.load(a + i)), splat(Infinity)))); break;
    case fn.CLIP: for (; i < bytes; i += 16) {
      const x = v128.load(a + i);
      const above = v128.bitselect(splat(immediate1), x, f32x4.gt(x, splat(immediate1)));
      v128.store(d + i, v128.bitselect(splat(immediate0), above, f32x4.lt(x, splat(immediate0))));
    } break;
    case fn.TANH: tanhStrip(d, a, bytes); break;
    case fn.SIGMOID: sigmoidStrip(d, a, bytes); break;
    default: rareUnaryStrip(code, d, a, bytes);
  }
}

/** Apart from the rest, so that the compiler's work on these long bodies leaves the short ones alone. */
// prettier-ignore
function rareUnaryStrip(code: i32, d: usize, a: usize, bytes: i32): void {
  let i: i32 = 0;
  switch (code) {
    case fn.EXPM1: for (; i < bytes; i += 16) v128.store(d + i, expm14(v128.load(a + i))); break;
    case fn.LOG: for (; i < bytes; i += 16) v128.store(d + i, log4(v128.load(a + i))); break;
    case fn.LOG1P: for (; i < bytes; i += 16) v128.store(d + i, log1p4(v128.load(a + i))); break;
    case fn.SOFTPLUS: for (; i < bytes; i += 16) v128.store(d + i, softplus4(v128.load(a + i))); break;
    case fn.ERF: for (; i < bytes; i += 16) v128.store(d + i, erf4(v128.load(a + i))); break;
    case fn.ELU: for (; i < bytes; i += 16) {
      const x = v128.load(a + i);
      v128.store(d + i, v128.bitselect(x, expm14(x), f32x4.ge(x, splat(0))));
    } break;
    case fn.SELU: for (; i < bytes; i += 16) {
      const x = v128.load(a + i);
      const positive = f32x4.mul(x, splat(1.0507009873554804934193349852946));
      const negative = f32x4.mul(expm14(x), splat(1.7580993408473768599402175208123));
      v128.store(d + i, v128.bitselect(positive, negative, f32x4.ge(x, splat(0))));
    } break;
    case fn.SIN: for (; i < bytes; i += 4) store<f32>(d + i, <f32>NativeMath.sin(<f64>load<f32>(a + i))); break;
    case fn.COS: for (; i < bytes; i += 4) store<f32>(d + i, <f32>NativeMath.cos(<f64>load<f32>(a + i))); break;
    default: unreachable();
  }
}

function modulo(a: f32, b: f32): f32 {
  const rest = a % b;
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? rest : (rest + b) % b;
}

// prettier-ignore
function binaryStrip(code: i32, d: usize, a: usize, b: usize, bytes: i32): void {
  let i: i32 = 0;
  switch (code) {
    case fn.ADD: for (; i < bytes; i += 16) v128.store(d + i, f32x4.add(v128.load(a + i), v128.load(b + i))); break;
    case fn.SUB: for (; i < bytes; i += 16) v128.store(d + i, f32x4.sub(v128.load(a + i), v128.load(b + i))); break;
    case fn.MUL: for (; i < bytes; i += 16) v128.store(d + i, f32x4.mul(v128.load(a + i), v128.load(b + i))); break;
    case fn.DIV: for (; i < bytes; i += 16) v128.store(d + i, f32x4.div(v128.load(a + i), v128.load(b + i))); break;
    case fn.MAXIMUM: for (; i < bytes; i += 16) v128.store(d + i, f32x4.max(v128.load(a + i), v128.load(b + i))); break;
    case fn.MINIMUM: for (; i < bytes; i += 16) v128.store(d + i, f32x4.min(v128.load(a + i), v128.load(b + i))); break;
    case fn.SQUARED_DIFFERENCE: for (; i < bytes; i += 16) {
      const x = f32x4.sub(v128.load(a + i), v128.load(b + i));
      v128.store(d + i, f32x4.mul(x, x));
    } break;
    case fn.POW: for (; i < bytes; i += 4) store<f32>(d + i, <f32>NativeMath.pow(<f64>load<f32>(a + i), <f64>load<f32>(b + i))); break;
    case fn.MOD: for (; i < bytes; i += 4) store<f32>(d + i, modulo(load<f32>(a + i), load<f32>(b + i))); break;
    case fn.FLOOR_DIV: for (; i < bytes; i += 16) v128.store(d + i, f32x4.floor(f32x4.div(v128.load(a + i), v128.load(b + i)))); break;
    case fn.EQUAL: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.eq(v128.load(a + i), v128.load(b + i)))); break;
    case fn.NOT_EQUAL: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.ne(v128.load(a + i), v128.load(b + i)))); break;
    case fn.LESS: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.lt(v128.load(a + i), v128.load(b + i)))); break;
    case fn.LESS_EQUAL: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.le(v128.load(a + i), v128.load(b + i)))); break;
    case fn.GREATER: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.gt(v128.load(a + i), v128.load(b + i)))); break;
    case fn.GREATER_EQUAL: for (; i < bytes; i += 16) v128.store(d + i, one(f32x4.ge(v128.load(a + i), v128.load(b + i)))); break;
    case fn.AND: for (; i < bytes; i += 16) v128.store(d + i, one(v128.and(isNonZero(v128.load(a + i)), isNonZero(v128.load(b + i))))); break;
    case fn.OR: for (; i < bytes; i += 16) v128.store(d + i, one(v128.or(isNonZero(v128.load(a + i)), isNonZero(v128.load(b + i))))); break;
    case fn.ELU_GRAD: for (; i < bytes; i += 16) {
      const dy = v128.load(a + i);
      const y = v128.load(b + i);
      v128.store(d + i, v128.bitselect(dy, f32x4.mul(dy, f32x4.add(y, splat(1))), f32x4.ge(y, splat(0))));
    } break;
    case fn.PRELU: for (; i < bytes; i += 16) {
      const x = v128.load(a + i);
      v128.store(d + i, v128.bitselect(f32x4.mul(x, v128.load(b + i)), x, f32x4.lt(x, splat(0))));
    } break;
    default: unreachable();
  }
}

// prettier-ignore
function ternaryStrip(code: i32, d: usize, a: usize, b: usize, c: usize, bytes: i32): void {
  let i: i32 = 0;
  switch (code) {
    case fn.SELECT: for (; i < bytes; i += 16) {
      v128.store(d + i, v128.bitselect(v128.load(b + i), v128.load(c + i), isNonZero(v128.load(a + i))));
    } break;
    case fn.MULTIPLY_ADD: for (; i < bytes; i += 16) {
      v128.store(d + i, f32x4.add(f32x4.mul(v128.load(a + i), v128.load(b + i)), v128.load(c + i)));
    } break;
    case fn.SUBTRACT_PRODUCT: for (; i < bytes; i += 16) {
      v128.store(d + i, f32x4.sub(v128.load(c + i), f32x4.mul(v128.load(a + i), v128.load(b + i))));
    } break;
    case fn.PRODUCT_OF_THREE: for (; i < bytes; i += 16) {
      v128.store(d + i, f32x4.mul(f32x4.mul(v128.load(a + i), v128.load(b + i)), v128.load(c + i)));
    } break;
    case fn.TANH_SLOPE: for (; i < bytes; i += 32) {
      const y = v128.load(a + i);
      const y2 = v128.load(a + i, 16);
      const slope = f32x4.sub(v128.load(c + i), f32x4.mul(y, y));
      const slope2 = f32x4.sub(v128.load(c + i, 16), f32x4.mul(y2, y2));
      const result = f32x4.mul(v128.load(b + i), slope);
      v128.store(d + i, f32x4.mul(v128.load(b + i, 16), slope2), 16);
      v128.store(d + i, result);
    } break;
    case fn.SIGMOID_SLOPE: for (; i < bytes; i += 16) {
      const y = v128.load(a + i);
      v128.store(d + i, f32x4.mul(v128.load(b + i), f32x4.mul(y, f32x4.sub(v128.load(c + i), y))));
    } break;
    default: unreachable();
  }
}

// @ts-ignore: decorator
@inline
function slotAddress(slot: i32, byteOffset: i32): usize {
  const entry = slots + (slot << 3);
  return load<i32>(entry) + (byteOffset & load<i32>(entry, 4));
}

// @ts-ignore: decorator
@inline
function setSlot(slot: i32, address: usize, mask: i32): void {
  const entry = slots + (slot << 3);
  store<i32>(entry, <i32>address);
  store<i32>(entry, mask, 4);
}

export function executeMap(instruction: usize, arena: usize): void {
  const n = word(instruction, 2);
  const strip = word(instruction, 3);
  const operandCount = word(instruction, 4);
  const stepCount = word(instruction, 5);
  const rank = word(instruction, 6);
  const dims = instruction + 28;
  const operands = dims + (rank << 2);
  const operandBytes = (4 + rank) << 2;
  const steps = operands + operandCount * operandBytes;
  let strided = false;

  for (let k = 0; k < operandCount; ++k) {
    const operand = operands + k * operandBytes;
    const access = word(operand, 0);
    const source = arena + (word(operand, 1) << 2);
    if (access == op.CONTIGUOUS) {
      setSlot(k, source, -1);
      continue;
    }
    const register = registers + word(operand, 2) * REGISTER_BYTES;
    setSlot(k, register, 0);
    if (access == op.SCALAR) {
      gatherRow(register, source, min(strip, n), 0);
    } else if (access == op.PERIODIC) {
      const period = word(operand, 3);
      gatherRow(register, source, period, 1);
      repeat(register, period, min(strip, n));
    } else {
      strided = true;
    }
  }
  for (let k = 0; k < stepCount; ++k) {
    const step = steps + (k << 5);
    if (word(step, 1)) setSlot(operandCount + k, arena + (word(step, 2) << 2), -1);
    else setSlot(operandCount + k, registers + word(step, 2) * REGISTER_BYTES, 0);
  }

  for (let start = 0; start < n; start += strip) {
    const count = min(strip, n - start);
    const bytes = count << 2;
    const byteOffset = start << 2;
    if (strided) {
      for (let k = 0; k < operandCount; ++k) {
        const operand = operands + k * operandBytes;
        if (word(operand, 0) == op.STRIDED) {
          const source = arena + (word(operand, 1) << 2);
          gatherStrip(slotAddress(k, 0), source, start, count, rank, dims, operand + 16);
        }
      }
    }
    for (let k = 0; k < stepCount; ++k) {
      const step = steps + (k << 5);
      const code = word(step, 0);
      const d = slotAddress(operandCount + k, byteOffset);
      const a = slotAddress(word(step, 3), byteOffset);
      if (code < fn.ADD) {
        unaryStrip(code, d, a, bytes, load<f32>(step, 24), load<f32>(step, 28));
      } else {
        const b = slotAddress(word(step, 4), byteOffset);
        if (code < fn.SELECT) binaryStrip(code, d, a, b, bytes);
        else ternaryStrip(code, d, a, b, slotAddress(word(step, 5), byteOffset), bytes);
      }
    }
  }
}
