/** Runs inside the browser: the greatest speed of float32 arithmetic that this machine reaches. */

/** The kernels of assembly/peak.ts, compiled, in base64; put here by the build. */
declare const __PEAK__: string;

type Kernel = (rounds: number, scale: number) => number;

/** Operations of a round of each kernel. */
const flopOfRound = { chains8: 64, chains12: 96, chains16: 128, tile: 64 * 64 };

export interface Peak {
  /** Which kernel was fastest. */
  kernel: string;
  gigaflops: number;
  /** Runs the fastest kernel for so many operations, or a few more. */
  run(flop: number): void;
}

/** Operations between two looks at the clock: some tens of milliseconds, since it may be coarse. */
const portion = 2 ** 30;
const tries = 10;

let found: Peak | null = null;

/** The fastest kernel, by its fastest of ten portions; measured once a page. */
export function peak(): Peak {
  if (found) return found;
  const bytes = Uint8Array.from(atob(__PEAK__), (character) => character.charCodeAt(0));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const speeds = Object.entries(flopOfRound).map(([kernel, flop]) => {
    const compute = instance.exports[kernel] as unknown as Kernel;
    const run = (flops: number): void => {
      compute(Math.max(1, Math.round(flops / flop)), 0.5);
    };
    // Many calls, so that the browser compiles it in earnest.
    for (let i = 0; i < 1000; i++) run(2 ** 16);
    let shortest = Infinity;
    for (let i = 0; i < tries; i++) {
      const start = performance.now();
      run(portion);
      shortest = Math.min(shortest, performance.now() - start);
    }
    return { kernel, gigaflops: portion / shortest / 1e6, run };
  });
  found = speeds.reduce((best, one) => (one.gigaflops > best.gigaflops ? one : best));
  return found;
}
