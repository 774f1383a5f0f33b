/* Instructions that move data: FILL, PLACE, GATHER, SEGMENT_SUM, ARG_EXTREME, CUMULATE. */

const counters: usize = memory.data(16 * 4, 16);

// @ts-ignore: decorator
@inline
function word(pointer: usize, index: i32): i32 {
  return load<i32>(pointer + (index << 2));
}

export function executeFill(instruction: usize, arena: usize): void {
  const n = word(instruction, 2);
  const target = arena + (word(instruction, 3) << 2);
  const value = f32x4.splat(load<f32>(instruction, 16));
  for (let i = 0; i < n << 2; i += 16) v128.store(target + i, value);
}

/** Copies a strided tensor into a part of another one (concatenation, padding). */
export function executePlace(instruction: usize, arena: usize): void {
  const rank = word(instruction, 2);
  const source = arena + (word(instruction, 3) << 2);
  const target = arena + (word(instruction, 4) << 2);
  const dims = instruction + 20;
  const inStrides = dims + (rank << 2);
  const outStrides = inStrides + (rank << 2);
  const columns = word(dims, rank - 1);
  const inStride = word(inStrides, rank - 1) << 2;
  const outStride = word(outStrides, rank - 1) << 2;
  let rows = 1;
  for (let d = 0; d < rank - 1; ++d) {
    rows *= word(dims, d);
    store<i32>(counters + (d << 2), 0);
  }
  let inOffset = 0;
  let outOffset = 0;
  for (let i = 0; i < rows; ++i) {
    let from = source + (inOffset << 2);
    let to = target + (outOffset << 2);
    let n = 0;
    if (inStride == 4 && outStride == 4) {
      for (; n + 4 <= columns; n += 4) {
        v128.store(to, v128.load(from));
        from += 16;
        to += 16;
      }
    }
    for (; n < columns; ++n) {
      store<f32>(to, load<f32>(from));
      from += inStride;
      to += outStride;
    }
    for (let d = rank - 2; d >= 0; --d) {
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

/** out[o, i, …] = in[o, index[i], …]; an index out of range reads zeros. */
export function executeGather(instruction: usize, arena: usize): void {
  const outer = word(instruction, 2);
  const axisSize = word(instruction, 3);
  const count = word(instruction, 4);
  const inner = word(instruction, 5);
  const source = arena + (word(instruction, 6) << 2);
  const indices = arena + (word(instruction, 7) << 2);
  let target = arena + (word(instruction, 8) << 2);
  for (let o = 0; o < outer; ++o) {
    for (let i = 0; i < count; ++i) {
      const index = <i32>load<f32>(indices + (i << 2));
      if (index >= 0 && index < axisSize) {
        memory.copy(target, source + ((o * axisSize + index) * inner << 2), inner << 2);
      } else {
        memory.fill(target, 0, inner << 2);
      }
      target += inner << 2;
    }
  }
}

/** out[index[r], …] += in[r, …], starting from zeros. */
export function executeSegmentSum(instruction: usize, arena: usize): void {
  const rows = word(instruction, 2);
  const inner = word(instruction, 3);
  const segments = word(instruction, 4);
  let source = arena + (word(instruction, 5) << 2);
  const indices = arena + (word(instruction, 6) << 2);
  const target = arena + (word(instruction, 7) << 2);
  memory.fill(target, 0, segments * inner << 2);
  for (let r = 0; r < rows; ++r) {
    const index = <i32>load<f32>(indices + (r << 2));
    if (index >= 0 && index < segments) {
      const row = target + (index * inner << 2);
      for (let i = 0; i < inner << 2; i += 4) {
        store<f32>(row + i, load<f32>(row + i) + load<f32>(source + i));
      }
    }
    source += inner << 2;
  }
}

/** Index of the first largest (or smallest) entry along an axis. */
export function executeArgExtreme(instruction: usize, arena: usize): void {
  const wantMinimum = word(instruction, 2) != 0;
  const outer = word(instruction, 3);
  const axisSize = word(instruction, 4);
  const inner = word(instruction, 5);
  const source = arena + (word(instruction, 6) << 2);
  let target = arena + (word(instruction, 7) << 2);
  for (let o = 0; o < outer; ++o) {
    for (let i = 0; i < inner; ++i) {
      let cursor = source + ((o * axisSize * inner + i) << 2);
      let best = load<f32>(cursor);
      let bestIndex = 0;
      for (let k = 1; k < axisSize; ++k) {
        cursor += inner << 2;
        const x = load<f32>(cursor);
        if (wantMinimum ? x < best : x > best) {
          best = x;
          bestIndex = k;
        }
      }
      store<f32>(target, <f32>bestIndex);
      target += 4;
    }
  }
}

/** Running sums along an axis. */
export function executeCumulate(instruction: usize, arena: usize): void {
  const outer = word(instruction, 2);
  const axisSize = word(instruction, 3);
  const inner = word(instruction, 4);
  const exclusive = word(instruction, 5) != 0;
  const reverse = word(instruction, 6) != 0;
  const source = arena + (word(instruction, 7) << 2);
  const target = arena + (word(instruction, 8) << 2);
  for (let o = 0; o < outer; ++o) {
    for (let i = 0; i < inner; ++i) {
      let sum: f32 = 0;
      for (let k = 0; k < axisSize; ++k) {
        const position = reverse ? axisSize - 1 - k : k;
        const offset = ((o * axisSize + position) * inner + i) << 2;
        const x = load<f32>(source + offset);
        store<f32>(target + offset, exclusive ? sum : sum + x);
        sum += x;
      }
    }
  }
}
