import type { ResolvedOptimizer } from '../spec/resolved';
import { add, div, mul, sqrt, square, sub } from './tf';
import type { Tensor } from './tf';

/** The per-step scalars of a step, by name. */
export type Hyper = (name: string) => Tensor;

export interface Update {
  parameter: Tensor;
  slots: Tensor[];
}

/** One update rule: what it keeps for each parameter, its scalars, and the update in ops. */
export interface Optimizer {
  /** Names of the tensors kept beside each parameter, of its shape, starting at 0. */
  slots: string[];
  /** Names of the scalars it reads, and their values at update t = 1, 2, … with its learning rate. */
  hyper: string[];
  hyperAt(t: number, learningRate: number): number[];
  /** True where a slot may overflow and leave the parameter finite, because it is divided by. */
  hidesOverflow: boolean;
  update(parameter: Tensor, gradient: Tensor, slots: readonly Tensor[], hyper: Hyper): Update;
}

/**
 * Update rules on a parameter p with gradient g:
 *
 * - sgd: p ← p − ηg
 * - momentum: v ← μv + g, p ← p − ηv
 * - nesterov: v ← μv + g, p ← p − η(g + μv)
 * - rmsprop: v ← ρv + (1 − ρ)g², p ← p − ηg / (√v + ε)
 * - adam (Kingma & Ba 2015, algorithm 1): m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), p ← p − ηm̂ / (√v̂ + ε)
 * - adamw (Loshchilov & Hutter 2019): first p ← p − ηλp, then adam
 *
 * η is the learning rate of this update, by which adamw's decay is multiplied as well.
 *
 * 1 − β and the bias corrections are scalars of their own: computed from a float32 β they would
 * carry its rounding error, a thousand times enlarged.
 */
export function optimizerOf(spec: ResolvedOptimizer): Optimizer {
  switch (spec.kind) {
    case 'sgd':
      return {
        slots: [],
        hyper: ['learningRate'],
        hyperAt: (_t, learningRate) => [learningRate],
        hidesOverflow: false,
        update: (p, g, _slots, hyper) => ({
          parameter: sub(p, mul(hyper('learningRate'), g)),
          slots: [],
        }),
      };
    case 'momentum':
    case 'nesterov':
      return {
        slots: ['velocity'],
        hyper: ['learningRate', 'momentum'],
        hyperAt: (_t, learningRate) => [learningRate, spec.momentum],
        hidesOverflow: false,
        update: (p, g, [velocity], hyper) => {
          const v = add(mul(hyper('momentum'), velocity!), g);
          const direction = spec.kind === 'nesterov' ? add(g, mul(hyper('momentum'), v)) : v;
          return { parameter: sub(p, mul(hyper('learningRate'), direction)), slots: [v] };
        },
      };
    case 'rmsprop':
      return {
        slots: ['secondMoment'],
        hyper: ['learningRate', 'decay', 'oneMinusDecay', 'epsilon'],
        hyperAt: (_t, learningRate) => [learningRate, spec.decay, 1 - spec.decay, spec.epsilon],
        hidesOverflow: true,
        update: (p, g, [secondMoment], hyper) => {
          const v = add(mul(hyper('decay'), secondMoment!), mul(hyper('oneMinusDecay'), square(g)));
          const direction = div(g, add(sqrt(v), hyper('epsilon')));
          return { parameter: sub(p, mul(hyper('learningRate'), direction)), slots: [v] };
        },
      };
    case 'adam':
    case 'adamw':
      return adam(spec);
  }
}

function adam(spec: Extract<ResolvedOptimizer, { kind: 'adam' | 'adamw' }>): Optimizer {
  const { beta1, beta2 } = spec;
  const decays = spec.kind === 'adamw';
  return {
    slots: ['firstMoment', 'secondMoment'],
    hyper: [
      'learningRate',
      'beta1',
      'oneMinusBeta1',
      'beta2',
      'oneMinusBeta2',
      'firstCorrection',
      'secondCorrection',
      'epsilon',
      ...(decays ? ['keptWeight'] : []),
    ],
    hyperAt: (t, learningRate) => [
      learningRate,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      1 / (1 - beta1 ** t),
      1 / (1 - beta2 ** t),
      spec.epsilon,
      ...(decays ? [1 - learningRate * spec.weightDecay] : []),
    ],
    hidesOverflow: true,
    update: (p, g, [firstMoment, secondMoment], hyper) => {
      const m = add(mul(hyper('beta1'), firstMoment!), mul(hyper('oneMinusBeta1'), g));
      const v = add(mul(hyper('beta2'), secondMoment!), mul(hyper('oneMinusBeta2'), square(g)));
      const direction = div(
        mul(m, hyper('firstCorrection')),
        add(sqrt(mul(v, hyper('secondCorrection'))), hyper('epsilon')),
      );
      const start = decays ? mul(p, hyper('keptWeight')) : p;
      return { parameter: sub(start, mul(hyper('learningRate'), direction)), slots: [m, v] };
    },
  };
}
