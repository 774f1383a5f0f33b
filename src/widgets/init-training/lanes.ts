import { digits } from '../../kit/training';
import type { Lane, LaneRole } from '../../kit/widget';
import type { InitSettings } from './params';
import { RULES, type Rule, type RuleName } from './rules';

/** In the order drawn: the rules of each role. */
const ROLES = ['problem', 'control', 'cure'] as const;

const GROUPS: Record<
  Exclude<InitSettings['compare'], 'one'>,
  Record<(typeof ROLES)[number], RuleName[]>
> = {
  sizes: {
    problem: ['zeros', 'tiny', 'small'],
    control: ['large', 'huge'],
    cure: ['glorotNormal'],
  },
  rules: {
    problem: ['standard'],
    control: ['leCun', 'glorotNormal', 'he'],
    cure: ['orthogonal', 'lsuv'],
  },
  // The gains that courses show; 0.64 and 3.2 are std 0.01 and 0.05 at width 4096.
  slides: { problem: ['gainSmall', 'gainLarge'], control: ['leCun'], cure: ['he'] },
};

/**
 * The networks that are trained side by side. They differ in how their weights are drawn and in nothing
 * else. Of two networks the first is the problem and the second the cure; of more, each is named by its
 * rule.
 */
export function lanesOf(settings: InitSettings): Lane[] {
  const { activation, compare, depth, width, learningRate } = settings;
  const lane = (name: string, rule: RuleName, role: LaneRole): Lane => {
    const { label, initializer, outputInitializer = initializer }: Rule = RULES[rule];
    const network = { depth, width, activation, initializer, outputInitializer };
    const spec = digits({ ...network, optimizer: { kind: 'momentum', learningRate } }, settings);
    return { name, label, role, spec };
  };
  if (compare === 'one') {
    const { initializer, beside } = settings;
    return [lane('problem', initializer, 'problem'), lane('cure', beside, 'cure')];
  }
  return ROLES.flatMap((role) => GROUPS[compare][role].map((rule) => lane(rule, rule, role)));
}
