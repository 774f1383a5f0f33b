import type { InitializerSpec } from '../../engine/types';

/** One way to draw the weights, used for every layer. */
export interface Rule {
  label: string;
  initializer: InitializerSpec;
  /** The output layer, where it cannot be drawn as the others. */
  outputInitializer?: InitializerSpec;
}

export const RULES = {
  zeros: { label: 'Zeros', initializer: { kind: 'zeros' } },
  constant: { label: 'All 0.1', initializer: { kind: 'constant', value: 0.1 } },
  tiny: { label: 'Normal, std 0.01', initializer: { kind: 'normal', std: 0.01 } },
  small: { label: 'Normal, std 0.05', initializer: { kind: 'normal', std: 0.05 } },
  large: { label: 'Normal, std 0.4', initializer: { kind: 'normal', std: 0.4 } },
  huge: { label: 'Normal, std 1', initializer: { kind: 'normal', std: 1 } },
  // U(−1/√fanIn, 1/√fanIn) has a third of LeCun's variance.
  standard: {
    label: 'Uniform ±1/√n',
    initializer: { kind: 'leCunUniform', gain: Math.sqrt(1 / 3) },
  },
  leCun: { label: 'LeCun', initializer: { kind: 'leCunNormal' } },
  gainSmall: { label: 'Gain 0.64', initializer: { kind: 'leCunNormal', gain: 0.64 } },
  gainLarge: { label: 'Gain 3.2', initializer: { kind: 'leCunNormal', gain: 3.2 } },
  glorotUniform: { label: 'Glorot uniform', initializer: { kind: 'glorotUniform' } },
  glorotNormal: { label: 'Glorot normal', initializer: { kind: 'glorotNormal' } },
  he: { label: 'He', initializer: { kind: 'heNormal' } },
  orthogonal: { label: 'Orthogonal', initializer: { kind: 'orthogonal' } },
  // LSUV measures hidden layers only.
  lsuv: {
    label: 'LSUV',
    initializer: { kind: 'lsuv' },
    outputInitializer: { kind: 'orthogonal' },
  },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

export const RULE_NAMES = Object.keys(RULES) as RuleName[];

/** Every rule as an option of a control. */
export const ruleOptions = RULE_NAMES.map((value) => ({ value, label: RULES[value].label }));
