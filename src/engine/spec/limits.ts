/** What a specification may ask for at most. */
export const limits = {
  depth: 100,
  width: 4096,
  hiddenSize: 512,
  length: 200,
  /** Digits read pixel by pixel take 64 time steps more. */
  delay: 200 - 64,
  /** Descents of the cliff that are trained as one. */
  starts: 10_000,
  steps: 100_000,
  /** Rows that the statistics of examples look at. */
  examples: 16,
  seed: 4_294_967_295,
  /** Parameters of one network. */
  parameters: 20_000_000,
} as const;
