/**
 * The one generator of randomness in engine and experiments: mulberry32 for the bits,
 * Box–Muller for the normals. Same seed, same numbers, on every machine.
 */
export class Rng {
  private state: number;
  /** The second of two normals; NaN where there is none, since a field of numbers alone is quicker. */
  private spare = NaN;

  /** @param seed an unsigned 32-bit integer; others are taken modulo 2^32. */
  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** The next 32 bits, as an unsigned integer (mulberry32). */
  bits(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t = (t ^ (t + Math.imul(t ^ (t >>> 7), t | 61))) >>> 0;
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A number in [0, 1). */
  uniform(): number {
    return this.bits() / 4294967296;
  }

  /** An integer in 0 … n − 1. */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** A draw from N(0, 1); Box–Muller gives two, the second is kept for the next call. */
  normal(): number {
    const value = this.spare;
    if (!Number.isNaN(value)) {
      this.spare = NaN;
      return value;
    }
    const u1 = 1 - this.uniform();
    const u2 = this.uniform();
    const radius = Math.sqrt(-2 * Math.log(u1));
    this.spare = radius * Math.sin(2 * Math.PI * u2);
    return radius * Math.cos(2 * Math.PI * u2);
  }

  /** The numbers 0 … n − 1 in random order (Fisher–Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
    return order;
  }
}

/** What a stream of numbers is for; streams of one seed are independent of each other. */
export type StreamName =
  'parameters' | 'data' | 'batches' | 'noise' | 'preActivationNoise' | 'evaluation';

const streamKeys: Record<StreamName, number> = {
  parameters: 0,
  data: 0x9e3779b9,
  batches: 0x3c6ef372,
  noise: 0xdaa66d2b,
  preActivationNoise: 0x78dde6e4,
  evaluation: 0x1715609d,
};

/**
 * The generator of one named stream of a run. `index` selects a substream (an epoch, a batch), so
 * that the batch of any step can be drawn without drawing those before it. The parameters' stream
 * is the bare seed, as the reference vectors have it.
 */
export function stream(seed: number, name: StreamName, index = 0): Rng {
  return new Rng(seedOf(seed, name, index));
}

/** What the generator of a named stream starts from. */
export function seedOf(seed: number, name: StreamName, index = 0): number {
  if (name === 'parameters') return seed >>> 0;
  return mix(mix(seed ^ streamKeys[name]) + Math.imul(index + 1, 0x85ebca6b));
}

/**
 * The generator of a seed as it stands after `draws` normals, an even number: each pair of normals
 * takes two numbers, and each number adds the same constant to the state.
 */
export function skippedTo(seed: number, draws: number): Rng {
  return new Rng((seed + Math.imul(draws, 0x6d2b79f5)) >>> 0);
}

/** MurmurHash3's finalizer: neighbouring integers become unrelated ones. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
