import { ablation, cured, digits, type Cure } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { DepthSettings } from './params';

const TANH: Cure = {
  label: 'Tanh, orthogonal',
  parts: {
    activationAlone: ['Tanh alone', { activation: 'tanh' }],
    initializerAlone: ['Orthogonal alone', { initializer: { kind: 'orthogonal' } }],
    optimizerAlone: [
      'Learning rate 0.01 alone',
      { optimizer: { kind: 'momentum', learningRate: 0.01 } },
    ],
  },
};

const RELU: Cure = {
  label: 'ReLU, He, Adam',
  parts: {
    activationAlone: ['ReLU alone', { activation: 'relu' }],
    initializerAlone: ['He alone', { initializer: { kind: 'heNormal' } }],
    optimizerAlone: ['Adam alone', { optimizer: { kind: 'adam', learningRate: 0.002 } }],
  },
};

/** The networks that are trained side by side, the problem first. */
export function lanesOf(settings: DepthSettings): Lane[] {
  const { compare, depth, controlDepth, width, learningRate } = settings;
  const sigmoid = (name: 'problem' | 'control', depth: number) => {
    const network = {
      depth,
      width,
      activation: 'sigmoid',
      initializer: { kind: 'glorotNormal' },
    } as const;
    const spec = digits({ ...network, optimizer: { kind: 'momentum', learningRate } }, settings);
    return { name, label: `Sigmoid, depth ${depth}`, role: name, spec };
  };
  const problem = sigmoid('problem', depth);
  const beside = {
    shallow: () => [sigmoid('control', controlDepth)],
    tanh: () => [cured(problem.spec, TANH)],
    relu: () => [cured(problem.spec, RELU)],
    tanhParts: () => ablation(problem.spec, TANH),
    reluParts: () => ablation(problem.spec, RELU),
  };
  return [problem, ...beside[compare]()];
}
