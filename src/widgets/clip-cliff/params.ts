import { number, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

/** The part of the plane that is drawn, and in which a descent may start. */
export const PLANE = { weight: [4, 6.6], bias: [-3.8, -1.6] } as const;

export const params = {
  weight: number({
    label: 'Weight at the start',
    symbol: 'w',
    help: 'Drag the start in the picture, or move it by these two.',
    min: PLANE.weight[0],
    max: PLANE.weight[1],
    divisions: 260,
    default: 5.2,
  }),
  bias: number({
    label: 'Bias at the start',
    symbol: 'b',
    min: PLANE.bias[0],
    max: PLANE.bias[1],
    divisions: 220,
    default: -2.3,
  }),
  start: parameters.oneOf('Start', {
    set: 'there',
    around: 'at random around it',
  }),
  clipping: parameters.oneOf('Clipped by', {
    globalNorm: 'global norm',
    value: 'value',
    perTensorNorm: 'norm of each tensor',
  }),
  threshold: number({
    label: 'Threshold',
    symbol: 'C',
    help: 'It is above 0.',
    min: 0.01,
    max: 1000,
    scale: 'log',
    divisions: 100,
    default: 0.5,
  }),
  learningRate: parameters.learningRate({ min: 0.01, max: 0.5, default: 0.1 }),
  steps: parameters.steps({ min: 1, max: 300, default: 60 }),
  seed: parameters.seed({ when: { parameter: 'start', is: ['around'] } }),
};

export type CliffSettings = SettingsOf<typeof params>;
