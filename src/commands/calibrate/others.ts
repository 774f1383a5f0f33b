import type { FindingId } from '../../checkup/find/finding';
import { classesOf } from '../../engine/types';
import type { Plan } from './specifications';
import type { Course } from './train';

/** One published rule, on the numbers of the shown part of a run. */
export interface PublishedRule {
  tool: 'AutoTrainer' | 'SageMaker Debugger';
  rule: string;
  /** The finding that means the same. */
  finding: FindingId;
  fires: (plan: Plan, course: Course) => boolean | null;
}

const firstAndLast = ({ layers }: Course, step: number): [first: number, last: number] => [
  layers[step]![0]!,
  layers[step]!.at(-1)!,
];

/** Steps at which the rules look: the rows of the log, as far as they are finite. */
function steps({ shown, every }: Plan, { firstNonFinite, globalNorm }: Course): number[] {
  const end = Math.min(shown, firstNonFinite?.step ?? Infinity, globalNorm.length);
  return Array.from({ length: Math.ceil(end / every) }, (_, row) => row * every);
}

/** AutoTrainer asks for the gradient only where the accuracy is below Θ = 0.7. */
function accurate(plan: Plan, { accuracy }: Course): boolean {
  if (classesOf(plan.spec.task.kind) === null) return false;
  const tail = accuracy.slice(Math.max(0, plan.shown - 20), plan.shown);
  return tail.reduce((sum, one) => sum + one / tail.length, 0) >= 0.7;
}

const layered = ({ layers }: Course): boolean => (layers[0]?.length ?? 0) >= 4;

/**
 * AutoTrainer (Zhang et al. 2021) with the defaults of its code: β₁ = 10⁻³, β₂ = 10⁻⁴, β₃ = 70, γ = 0.7.
 * SageMaker Debugger's rules with the defaults of its documentation.
 */
export const publishedRules: PublishedRule[] = [
  {
    tool: 'AutoTrainer',
    rule: 'vanish: ‖g₁‖/‖g_L‖ < 10⁻³ and ‖g₁‖ < 10⁻⁴',
    finding: 'layers-vanish',
    fires: (plan, course) =>
      !layered(course)
        ? null
        : !accurate(plan, course) &&
          steps(plan, course).some((step) => {
            const [first, last] = firstAndLast(course, step);
            return first / last < 1e-3 && first < 1e-4;
          }),
  },
  {
    tool: 'AutoTrainer',
    rule: 'explode: ‖g₁‖/‖g_L‖ > 70, or NaN',
    finding: 'layers-explode',
    fires: (plan, course) =>
      !layered(course)
        ? null
        : !accurate(plan, course) &&
          steps(plan, course).some((step) => {
            const [first, last] = firstAndLast(course, step);
            return first / last > 70;
          }),
  },
  {
    tool: 'AutoTrainer',
    rule: 'dying ReLU: at least 70% of the gradient’s entries are 0',
    finding: 'layers-dead',
    fires: (plan, course) =>
      !layered(course)
        ? null
        : !accurate(plan, course) &&
          steps(plan, course).some((step) => {
            const shares = course.zeros[step]!;
            return shares.reduce((sum, share) => sum + share / shares.length, 0) >= 0.7;
          }),
  },
  {
    tool: 'SageMaker Debugger',
    rule: 'VanishingGradient: mean |g| of a tensor < 10⁻⁷',
    finding: 'gradient-vanishes',
    fires: (plan, course) => {
      const { network } = plan.spec;
      const width = network.kind === 'mlp' ? network.width : 12;
      // The mean size of normal entries with a norm: √(2/π) of their deviation.
      const size = (norm: number): number => (Math.sqrt(2 / Math.PI) * norm) / width;
      return steps(plan, course).some((step) =>
        course.layers[step]!.some((norm) => size(norm) < 1e-7),
      );
    },
  },
  {
    tool: 'SageMaker Debugger',
    rule: 'LossNotDecreasing: less than 0.1% within 10 steps',
    finding: 'stalled-at-chance',
    fires: (plan, { loss, firstNonFinite }) => {
      const end = Math.min(plan.shown, firstNonFinite?.step ?? Infinity, loss.length);
      for (let step = 10; step < end; step++)
        if (!(loss[step]! < 0.999 * loss[step - 10]!)) return true;
      return false;
    },
  },
];
