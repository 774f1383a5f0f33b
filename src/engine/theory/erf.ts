/** The error function 2/√π ∫₀ˣ e^(−t²) dt, to double precision. */
export function erf(x: number): number {
  return Math.abs(x) < 2 ? erfSeries(x) : Math.sign(x) * (1 - erfcFraction(Math.abs(x)));
}

/** 1 − erf(x), without cancellation for large x. */
export function erfc(x: number): number {
  if (x < 2) return 1 - erf(x);
  return erfcFraction(x);
}

/** e^(−x²)·2x/√π · Σ (2x²)ⁿ/(2n + 1)!!, all terms positive. */
function erfSeries(x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x) * sum;
}

/** The continued fraction of erfc for x ≥ 2, from its end. */
function erfcFraction(x: number): number {
  if (x > 27) return 0;
  let tail = 0;
  for (let n = 120; n >= 1; n--) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}
