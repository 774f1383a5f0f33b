import { cliffPoint } from '../../engine/closedForms';

/** Below this loss a descent has arrived: σ(x₅₀) is within 0.1 of its target. */
export const ARRIVED = 0.01;
/** Above this loss one that has not arrived is stuck, on the plain at 0.09 or below the wall. */
export const STUCK = 0.08;
/** A descent that has moved farther than this from one look to the next was thrown. */
export const FLUNG = 1;

/** What became of all starts under one threshold. */
export interface Outcome {
  /** Null without clipping. */
  threshold: number | null;
  arrivedShare: number;
  stuckShare: number;
  flungShare: number;
}

/** One start, and whether its descent was ever thrown. */
export interface Start {
  weight: number;
  bias: number;
  flung: boolean;
}

/** Follows all descents of one training, look by look, by their parameters: first every w, then every b. */
export class Following {
  #first: readonly number[] | null = null;
  #last: readonly number[] = [];
  #flung = new Uint8Array(0);

  see(parameters: readonly number[]): void {
    const count = parameters.length / 2;
    if (this.#first === null) {
      this.#first = parameters;
      this.#flung = new Uint8Array(count);
    } else
      for (let i = 0; i < count; i++) {
        const [w, b] = [
          parameters[i]! - this.#last[i]!,
          parameters[count + i]! - this.#last[count + i]!,
        ];
        if (w * w + b * b > FLUNG * FLUNG) this.#flung[i] = 1;
      }
    this.#last = parameters;
  }

  outcome(threshold: number | null): Outcome {
    const count = this.#flung.length;
    const errors = Array.from(
      this.#flung,
      (_, i) => cliffPoint(this.#last[i]!, this.#last[count + i]!).error,
    );
    const share = (is: (error: number) => boolean) => errors.filter(is).length / count;
    return {
      threshold,
      arrivedShare: share((error) => error < ARRIVED),
      stuckShare: share((error) => error > STUCK),
      flungShare: this.#flung.reduce((sum, one) => sum + one, 0) / count,
    };
  }

  /** The first of the starts. */
  starts(most: number): Start[] {
    const count = this.#flung.length;
    return Array.from({ length: Math.min(most, count) }, (_, i) => ({
      weight: Number(this.#first![i]!.toFixed(4)),
      bias: Number(this.#first![count + i]!.toFixed(4)),
      flung: this.#flung[i] === 1,
    }));
  }
}
