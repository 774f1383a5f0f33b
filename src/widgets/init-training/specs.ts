import type { TrainingSpec } from '../../engine/types';
import type { InitValues } from './params';
import { RULES, type Rule, type RuleName } from './rules';

export interface Lane {
  name: string;
  label: string;
  role: 'problem' | 'control' | 'cure';
  spec: TrainingSpec;
}

type Entry = [rule: RuleName, role: Lane['role']];

const SIZES: Entry[] = [
  ['zeros', 'problem'],
  ['tiny', 'problem'],
  ['small', 'problem'],
  ['large', 'control'],
  ['huge', 'control'],
  ['glorotNormal', 'cure'],
];

const CALIBRATED: Entry[] = [
  ['standard', 'problem'],
  ['leCun', 'control'],
  ['glorotNormal', 'control'],
  ['he', 'control'],
  ['orthogonal', 'cure'],
  ['lsuv', 'cure'],
];

/** The gains of the slides' networks; 0.64 and 3.2 are std 0.01 and 0.05 at width 4096. */
const SLIDES: Entry[] = [
  ['gainSmall', 'problem'],
  ['gainLarge', 'problem'],
  ['leCun', 'control'],
  ['he', 'cure'],
];

const GROUPS: Record<Exclude<InitValues['compare'], 'one'>, Entry[]> = {
  sizes: SIZES,
  rules: CALIBRATED,
  slides: SLIDES,
};

function specOf(values: InitValues, name: RuleName): TrainingSpec {
  const { activation, depth, width, learningRate, batchSize, steps, seed } = values;
  const rule: Rule = RULES[name];
  return {
    network: {
      ...{ kind: 'mlp', depth, width, activation },
      initializer: rule.initializer,
      outputInitializer: rule.outputInitializer ?? rule.initializer,
    },
    task: { kind: 'digits' },
    optimizer: { kind: 'momentum', learningRate },
    ...{ batchSize, steps, seed },
  };
}

/**
 * The networks of a setting. They differ in how their weights are drawn and in nothing else. Of two
 * networks the first is the problem and the second the cure; of more, each is named by its rule.
 */
export function lanesOf(values: InitValues): Lane[] {
  const lane = (name: string, rule: RuleName, role: Lane['role']): Lane => ({
    ...{ name, role },
    label: RULES[rule].label,
    spec: specOf(values, rule),
  });
  if (values.compare === 'one') {
    return [
      lane('problem', values.initializer as RuleName, 'problem'),
      lane('cure', values.beside as RuleName, 'cure'),
    ];
  }
  return GROUPS[values.compare].map(([rule, role]) => lane(rule, rule, role));
}
