import type { InitializerSpec, OptimizerSpec, TrainingSpec } from '../../engine/types';

export type Compare = 'shallow' | 'tanh' | 'relu' | 'tanhParts' | 'reluParts';

export interface Setting {
  depth: number;
  compare: Compare;
  controlDepth: number;
  learningRate: number;
  width: number;
  batchSize: number;
  steps: number;
  seed: number;
}

export interface Lane {
  name: string;
  label: string;
  role: 'problem' | 'control' | 'cure';
  spec: TrainingSpec;
}

interface Change {
  activation: 'tanh' | 'relu';
  initializer: InitializerSpec;
  optimizer: OptimizerSpec;
}

const CURES: Record<'tanh' | 'relu', Change> = {
  tanh: {
    activation: 'tanh',
    initializer: { kind: 'orthogonal' },
    optimizer: { kind: 'momentum', learningRate: 0.01 },
  },
  relu: {
    activation: 'relu',
    initializer: { kind: 'heNormal' },
    optimizer: { kind: 'adam', learningRate: 0.002 },
  },
};

/** The networks that a setting trains side by side, the problem first. */
export function lanesOf(setting: Setting): Lane[] {
  const problem = problemSpec(setting);
  const lanes: Lane[] = [
    { name: 'problem', label: `Sigmoid, depth ${setting.depth}`, role: 'problem', spec: problem },
  ];
  switch (setting.compare) {
    case 'shallow':
      lanes.push({
        name: 'control',
        label: `Sigmoid, depth ${setting.controlDepth}`,
        role: 'control',
        spec: problemSpec({ ...setting, depth: setting.controlDepth }),
      });
      break;
    case 'tanh':
    case 'relu':
      lanes.push(cureLane(problem, setting.compare));
      break;
    case 'tanhParts':
      lanes.push(...partLanes(problem, 'tanh'), cureLane(problem, 'tanh'));
      break;
    case 'reluParts':
      lanes.push(...partLanes(problem, 'relu'), cureLane(problem, 'relu'));
      break;
  }
  return lanes;
}

function problemSpec(setting: Setting): TrainingSpec {
  return {
    network: {
      kind: 'mlp',
      depth: setting.depth,
      width: setting.width,
      activation: 'sigmoid',
      initializer: { kind: 'glorotNormal' },
    },
    task: { kind: 'digits' },
    optimizer: { kind: 'momentum', learningRate: setting.learningRate },
    batchSize: setting.batchSize,
    steps: setting.steps,
    seed: setting.seed,
  };
}

function change(problem: TrainingSpec, parts: Partial<Change>): TrainingSpec {
  const { optimizer = problem.optimizer, ...network } = parts;
  return {
    ...problem,
    network: { ...problem.network, ...network } as TrainingSpec['network'],
    optimizer,
  };
}

function cureLane(problem: TrainingSpec, cure: 'tanh' | 'relu'): Lane {
  const label = cure === 'tanh' ? 'Tanh, orthogonal' : 'ReLU, He, Adam';
  return { name: 'cure', label, role: 'cure', spec: change(problem, CURES[cure]) };
}

function partLanes(problem: TrainingSpec, cure: 'tanh' | 'relu'): Lane[] {
  const { activation, initializer, optimizer } = CURES[cure];
  const labels =
    cure === 'tanh'
      ? ['Tanh alone', 'Orthogonal alone', 'Learning rate 0.01 alone']
      : ['ReLU alone', 'He alone', 'Adam alone'];
  const parts: [string, Partial<Change>][] = [
    ['activationAlone', { activation }],
    ['initializerAlone', { initializer }],
    ['optimizerAlone', { optimizer }],
  ];
  return parts.map(([name, part], i) => ({
    name,
    label: labels[i] as string,
    role: 'control',
    spec: change(problem, part),
  }));
}
