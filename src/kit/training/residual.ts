/** What the widgets on residual connections share: their parameters, and how these make a network. */
import type { TrainingSpec } from '../../engine/types';
import { int, type ChoiceParameter, type IntParameter } from '../parameters';
import { oneOf } from './parameters';

/** Forms of a residual block, by the engine's names. */
export type ResidualForm = 'single' | 'postActivation' | 'preActivation';
export type BranchScale = 'one' | 'rootDepth' | 'depth';

const FORMS: Record<ResidualForm, string> = {
  postActivation: 'Post-activation',
  preActivation: 'Pre-activation',
  single: 'One layer per branch',
};

/** What a form is called at the head of a row. */
export const formLabel = (form: ResidualForm): string => FORMS[form];

/** Blocks of two layers behind a first one, so that every form can have the depth. */
export const blocks = (own: Partial<IntParameter> = {}) =>
  int({
    label: 'Blocks of two layers',
    help: 'With the first layer they are twice as many and one: 15 blocks are 31 layers.',
    ...{ min: 1, max: 30, default: 15 },
    ...own,
  });

/** Where the sum stands. */
export const form = (own: Partial<ChoiceParameter<ResidualForm>> = {}) =>
  oneOf('Form', FORMS, {
    help: 'With one layer per branch, every layer after the first is a block of its own.',
    ...own,
  });

/** Factor on what each branch adds. */
export const branchScale = (own: Partial<ChoiceParameter<BranchScale>> = {}) =>
  oneOf(
    'Branch scale',
    { one: '1', rootDepth: '1/√L', depth: '1/L' },
    {
      symbol: 'α',
      help: 'Multiplies what each branch adds. L is the number of hidden layers.',
      ...own,
    },
  );

/** Hidden layers of a network of so many blocks of two, and a first layer. */
export const depthOf = (blocks: number): number => 2 * blocks + 1;

/** The factor α that a scale means in a network of so many hidden layers. */
export const scaleOf = (scale: BranchScale, depth: number): number =>
  ({ one: 1, rootDepth: 1 / Math.sqrt(depth), depth: 1 / depth })[scale];

/** The layers whose activations are a block's output: every one, or each second in blocks of two. */
export function blockEnds({ network }: TrainingSpec): number[] {
  if (network.kind !== 'mlp') return [];
  const { depth, residual = 'none' } = network;
  const paired = residual === 'preActivation' || residual === 'postActivation';
  return Array.from({ length: depth }, (_, i) => i + 1).filter(
    (layer) => !paired || layer % 2 === 1,
  );
}
