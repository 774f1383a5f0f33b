import type { Section } from '../section';
import { mlp, momentum, sgd, type Unseeded } from '../specifications';
import { gates } from './gates';
import { recalls } from './recall';

const normalized = (depth: number, residual: 'none' | 'postActivation'): Unseeded => ({
  ...mlp(depth, 'relu', { kind: 'heNormal' }, { batchNorm: true, residual }),
  batchSize: 64,
  optimizer: momentum(0.03),
  steps: 400,
});

const sigmoid = (batchNorm: boolean): Unseeded => ({
  ...mlp(10, 'sigmoid', { kind: 'glorotNormal' }, { batchNorm }),
  batchSize: 64,
  optimizer: sgd(0.3),
  steps: 200,
});

/** Residual connections, gates and batch normalization. */
export const architecture: Section[] = [
  {
    section: 7,
    settings: [
      {
        name: 'plain ReLU d11 with batch norm',
        spec: normalized(11, 'none'),
        compared: [{ quantity: 'training error', of: 'trainError', mean: 0.008, sd: 0.004 }],
      },
      {
        name: 'plain ReLU d31 with batch norm',
        spec: normalized(31, 'none'),
        compared: [{ quantity: 'training error', of: 'trainError', mean: 0.454, sd: 0.072 }],
      },
      {
        name: 'residual blocks d31 with batch norm',
        spec: normalized(31, 'postActivation'),
        compared: [{ quantity: 'training error', of: 'trainError', mean: 0.004, sd: 0.003 }],
      },
    ],
  },
  { section: 8, settings: [...recalls, ...gates] },
  {
    section: 9,
    settings: [
      {
        name: 'sigmoid d10, SGD 0.3',
        spec: sigmoid(false),
        compared: [
          { quantity: 'at chance (accuracy < 0.2)', of: 'trainAccuracy', below: 0.2, ofTen: 10 },
        ],
      },
      {
        name: 'the same with batch norm',
        spec: sigmoid(true),
        compared: [{ quantity: 'training accuracy', of: 'trainAccuracy', mean: 0.96, sd: 0.014 }],
      },
    ],
  },
];
