import type { TrainingSpec } from '../../engine/types';
import { changed, digits, residual, startFor } from '../../kit/training';
import type { MlpTrainingSpec } from '../../kit/training/specs';
import type { Lane, LaneRole } from '../../kit/widget';
import type { Branch, ResidualSettings } from './params';

type ResidualForm = residual.ResidualForm;

/** Every form, in the order drawn. */
const ROLES: Record<ResidualForm, LaneRole> = {
  single: 'control',
  postActivation: 'neutral',
  preActivation: 'cure',
};

/** The branches that the widget sets side by side. */
const BRANCHES: { name: string; label: string; role: LaneRole; branch: Branch }[] = [
  {
    ...{ name: 'unscaled', label: 'Scale 1', role: 'problem' },
    branch: { branchScale: 'one', branchStart: 'others' },
  },
  {
    ...{ name: 'rootDepth', label: 'Scale 1/√L', role: 'control' },
    branch: { branchScale: 'rootDepth', branchStart: 'others' },
  },
  {
    ...{ name: 'depth', label: 'Scale 1/L', role: 'neutral' },
    branch: { branchScale: 'depth', branchStart: 'others' },
  },
  {
    ...{ name: 'zeros', label: 'Zeros', role: 'cure' },
    branch: { branchScale: 'one', branchStart: 'zeros' },
  },
];

/** Blocks of the networks that are set side by side to show what depth does. */
const GROWN: { name: string; blocks: number; role: LaneRole }[] = [
  { name: 'd11', blocks: 5, role: 'control' },
  { name: 'd31', blocks: 15, role: 'neutral' },
  { name: 'd61', blocks: 30, role: 'problem' },
];

/** The networks that are trained side by side; of plain and residual ones the plain one first. */
export function lanesOf(settings: ResidualSettings): Lane[] {
  const { compare, form } = settings;
  const depth = residual.depthOf(settings.blocks);
  const shallow = residual.depthOf(settings.shallowBlocks);
  const problem = lane('problem', `Plain, ${depth} layers`, 'problem', plainSpec(settings, depth));
  const withSums = (form: ResidualForm, branch: Branch) =>
    residualSpec(settings, depth, form, branch);
  switch (compare) {
    case 'depths':
      return [
        problem,
        lane('control', `Plain, ${shallow} layers`, 'control', plainSpec(settings, shallow)),
      ];
    case 'residual':
      return [problem, lane('cure', `Residual, ${depth} layers`, 'cure', withSums(form, settings))];
    case 'forms':
      return [
        problem,
        ...(Object.entries(ROLES) as [ResidualForm, LaneRole][]).map(([name, role]) =>
          lane(name, residual.formLabel(name), role, withSums(name, settings)),
        ),
      ];
    case 'branches':
      return BRANCHES.map(({ name, label, role, branch }) =>
        lane(name, label, role, withSums(form, branch)),
      );
    case 'plainGrown':
      return grown((depth) => plainSpec(settings, depth));
    case 'grown':
      return grown((depth) => residualSpec(settings, depth, form, settings));
  }
}

const lane = (name: string, label: string, role: LaneRole, spec: TrainingSpec): Lane => ({
  ...{ name, label, role, spec },
});

const grown = (specOf: (depth: number) => TrainingSpec): Lane[] =>
  GROWN.map(({ name, blocks, role }) => {
    const depth = residual.depthOf(blocks);
    return lane(name, `${depth} layers`, role, specOf(depth));
  });

const momentum = (learningRate: number) => ({ kind: 'momentum', learningRate }) as const;

function plainSpec(settings: ResidualSettings, depth: number): MlpTrainingSpec {
  const { width, activation, norm, learningRate } = settings;
  const network = {
    ...{ depth, width, activation },
    initializer: startFor(activation),
    batchNorm: norm === 'batchNorm',
  };
  return digits({ ...network, optimizer: momentum(learningRate) }, settings);
}

const residualSpec = (
  settings: ResidualSettings,
  depth: number,
  form: ResidualForm,
  { branchScale, branchStart }: Branch,
): MlpTrainingSpec =>
  changed(plainSpec(settings, depth), {
    residual: form,
    branchScale: residual.scaleOf(branchScale, depth),
    ...(branchStart === 'zeros' && { branchInitializer: { kind: 'zeros' } }),
    optimizer: momentum(settings.residualLearningRate),
  });
