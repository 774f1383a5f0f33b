/**
 * The numbers by which the rules decide. Those marked "measured" were chosen on half of the labelled runs
 * (`npm run calibrate`); the others are given by what a trainer does.
 */
export interface Thresholds {
  /** Rows of the window over which the running median is taken. */
  window: number;
  explodes: {
    /** Times the running median that the norm must leave. Measured. */
    factor: number;
    /** Rows over which it must go on growing. */
    rows: number;
  };
  spikes: { factor: number; rows: number };
  vanishes: {
    /** Median norm of the last half below which nothing is learned. Measured. */
    floor: number;
    /** Fall of the norm from its beginning that counts as vanishing. Measured. */
    fall: number;
    /** Share of the first loss below which a loss is low. */
    low: number;
    /** Change of the loss, in units of its scatter, that is no movement. Measured. */
    still: number;
  };
  stalled: {
    /** Fewest rows. */
    rows: number;
    /** Change of the loss, in units of its scatter, that is no trend. Measured. */
    trend: number;
    /** Steepness of a fall that is no chance, in deviations of the slope. Measured. */
    falls: number;
    /** How far above the rest the first rows may lie, in units of the scatter. Measured. */
    first: number;
    /** How far from ln C the loss may lie, as a share of it. */
    nearChance: number;
  };
  clipped: { share: number; defaultTimes: number };
  layers: {
    /** Ratio of the first to the last layer on the fitted line. Measured. */
    ratio: number;
    /** Share of the variance of the logarithm that the line explains. Measured. */
    explained: number;
    /** Fewest layers. */
    count: number;
  };
  underflowShare: number;
  rate: {
    /** Share of the loss's steps that turn back. Measured. */
    alternating: number;
    /** Growth of the swings from the first to the last third. Measured. */
    growth: number;
    /** Fewest rows. */
    rows: number;
    /** Leap of the loss at the end of warm-up, in units of its scatter. */
    leap: number;
  };
  collapse: { halvings: number; within: number };
  skips: { rows: number };
}

export const thresholds: Thresholds = {
  window: 50,
  explodes: { factor: 100, rows: 4 },
  spikes: { factor: 20, rows: 3 },
  vanishes: { floor: 1e-6, fall: 1e4, low: 0.1, still: 1 },
  stalled: { rows: 20, trend: 0.75, falls: 4, first: 3, nearChance: 0.1 },
  clipped: { share: 0.95, defaultTimes: 10 },
  layers: { ratio: 100, explained: 0.7, count: 4 },
  underflowShare: 0.1,
  rate: { alternating: 0.95, growth: 1.5, rows: 16, leap: 5 },
  collapse: { halvings: 8, within: 40 },
  skips: { rows: 5 },
};
