/** What a column means to the finder. `other` is shown and not judged. */
export type Role =
  | 'step'
  | 'epoch'
  | 'loss'
  | 'gradientNorm'
  | 'layerNorm'
  | 'learningRate'
  | 'lossScale'
  | 'clippedShare'
  | 'clipThreshold'
  | 'zeroShare'
  | 'belowFloat16Share'
  | 'evaluationLoss'
  | 'other';

/** What a name says, and how clearly: 2 is a name that trainers use, 1 a likeness. */
export interface Meaning {
  role: Role;
  clarity: 0 | 1 | 2;
}

const exact: [Role, string[]][] = [
  [
    'step',
    [
      'step global_step trainer_global_step iteration iter iters num_updates update_num n_iter it',
      'batch_step train_step current_step iter_num iteration_num steps num_steps',
    ],
  ],
  ['epoch', ['epoch epochs train_epoch num_epoch current_epoch']],
  [
    'loss',
    [
      'loss train_loss training_loss lm_loss total_loss loss_total nll_loss mlm_loss train_total_loss',
      'train_loss_step loss_step step_loss batch_loss train_lm_loss cross_entropy ce_loss train_ce_loss',
      'cross_entropy_loss train_cross_entropy lm_loss_value mean_loss avg_loss loss_train reduced_train_loss',
    ],
  ],
  [
    'gradientNorm',
    [
      'grad_norm gradnorm gnorm gradient_norm global_norm global_grad_norm grad_global_norm total_norm',
      'total_grad_norm grad_norm_total grad_2_0_norm_total grad_2_norm_total grad_1_0_norm_total',
      'grad_inf_norm_total grads_norm grad_l2_norm grad_norm_l2 l2_grad_norm global_gradient_norm',
      'gradient_global_norm norm grad_norm_before_clip grad_norm_pre_clip grad_norm_unclipped g_norm',
      'total_gradient_norm gradient_norm_total gradients_norm optim_total_grad_norm norm_grad gradient_l2_norm',
    ],
  ],
  [
    'learningRate',
    ['lr learning_rate learningrate lr_0 base_lr lr_pg_0 lr_group_0 current_lr lr_scheduler'],
  ],
  [
    'lossScale',
    [
      'loss_scale loss_scaler lossscale grad_scale grad_scaler scaler_scale amp_scale grad_scaler_scale',
      'loss_scaling loss_scale_value scaler',
    ],
  ],
  [
    'clippedShare',
    ['clip clipped_share clip_share grad_clip_share clipped_updates percent_clipped'],
  ],
  [
    'clipThreshold',
    [
      'max_grad_norm clip_grad clip_grad_norm gradient_clip_val gradient_clipping clip_norm clip_threshold',
      'max_norm grad_clip grad_norm_clip clip_gradient max_gradient_norm grad_clip_norm',
    ],
  ],
];

const known = new Map<string, Role>(
  exact.flatMap(([role, lists]) =>
    lists.flatMap((list) => list.split(' ').map((name): [string, Role] => [name, role])),
  ),
);

/** `train/Grad-Norm`, `trainGradNorm` and `train_grad_norm` are one name. */
export function plainName(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

const prefix =
  /^(?:train(?:er|ing)?|optim(?:izer)?|metrics?|actor|model|stats?|debug|perf|monitor)_/;
const evaluation = /(?:^|_)(?:val|valid|validation|eval|evaluation|test|dev|heldout)(?:_|$)/;
const ofAnArray = /^(gradientNorm|zeroShare|belowFloat16Share)\//;
const ofAParameter = /weight|bias|kernel|layer|block|dense|conv|linear|embed|head|lstm|gru|\d/;

/** What a column's name says about its meaning. */
export function meaningOf(name: string): Meaning {
  const own = ofAnArray.exec(name)?.[1];
  if (own !== undefined)
    return { role: own === 'gradientNorm' ? 'layerNorm' : (own as Role), clarity: 2 };
  if (/__(?:min|max)$/i.test(name)) return { role: 'other', clarity: 0 };
  // Weights & Biases writes "name of the run - name of the metric" where several runs are exported.
  const plain = plainName(/ - ([^-]+)$/.exec(name)?.[1] ?? name);
  if (evaluation.test(plain))
    return /loss|perplexity|nll/.test(plain)
      ? { role: 'evaluationLoss', clarity: 1 }
      : { role: 'other', clarity: 0 };
  const whole = known.get(plain);
  if (whole) return { role: whole, clarity: 2 };
  let rest = plain;
  while (prefix.test(rest)) {
    rest = rest.replace(prefix, '');
    const role = known.get(rest);
    if (role) return { role, clarity: 2 };
  }
  if (/grad|gnorm/.test(rest)) return meaningOfGradient(rest, name);
  if (/loss$|^loss|_loss_/.test(rest) && !/scale|weight|lr|rate|aux|time/.test(rest))
    return { role: 'loss', clarity: 1 };
  if (/learning_rate|(?:^|_)lr(?:_|$)/.test(rest)) return { role: 'learningRate', clarity: 1 };
  if (/(?:^|_)global_step$/.test(rest)) return { role: 'step', clarity: 1 };
  return { role: 'other', clarity: 0 };
}

function meaningOfGradient(plain: string, name: string): Meaning {
  if (/scale/.test(plain)) return { role: 'lossScale', clarity: 1 };
  if (/clip|accum|num|zero|time|std|mean|max|min|cos|var/.test(plain) && !/norm/.test(plain))
    return { role: 'other', clarity: 0 };
  const parameter = name.replace(/grad(?:ient)?s?[_ ]?(?:\d+(?:\.\d+)?|l2|inf)?[_ ]?norm/gi, '');
  const path = /[/.]/.test(parameter) || /_\d|\d_/.test(parameter);
  if (path && ofAParameter.test(parameter.toLowerCase())) return { role: 'layerNorm', clarity: 2 };
  if (ofAParameter.test(parameter.toLowerCase())) return { role: 'layerNorm', clarity: 1 };
  return { role: 'gradientNorm', clarity: 1 };
}

/** Whether a name is one of those by which a line of text is known as a row of a log. */
export function marksRow(name: string): boolean {
  const { role } = meaningOf(name);
  return (
    role === 'loss' || role === 'gradientNorm' || role === 'layerNorm' || role === 'evaluationLoss'
  );
}
