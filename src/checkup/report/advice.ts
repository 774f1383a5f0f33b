import type { FindingId } from '../find/finding.ts';

/** What is said with a finding, beside its evidence. */
export interface Advice {
  title: string;
  /** What it means. */
  meaning: string;
  /** What to measure or try next, in this order. */
  next: string[];
  /** What is often tried and does not help here. */
  useless: string[];
  /** Chapter of the book that explains it. */
  chapter: { slug: string; title: string };
  /** Section of the guide that says what to do, step by step. */
  symptom: string;
  /** Experiment of the book that shows the same fault. */
  preset: { widget: string; preset: string; title: string };
}

const exploding = { slug: 'exploding-gradients', title: 'Exploding gradients' };
const vanishing = { slug: 'vanishing-gradients', title: 'Vanishing gradients' };
const floats = { slug: 'floating-point', title: 'Floating point' };

export const advice: Record<FindingId, Advice> = {
  'not-finite': {
    title: 'The run died: its numbers are not finite',
    meaning:
      'From this row on a number that training needs is NaN or infinite. One update with such a gradient puts NaN into every weight, and nothing that comes later can mend that.',
    next: [
      'Go back to a checkpoint from before this row; the later ones hold NaN.',
      'Look at the rows before it: did the norm grow first, or did it jump in one step?',
      'Run the step again and stop at the first tensor that is not finite, forward pass first (in PyTorch torch.autograd.detect_anomaly, in TensorFlow tf.debugging.enable_check_numerics).',
      'Check the batch of that step for NaN, for empty targets, and for a logarithm or a division at 0.',
      'Log the norm of the gradient by layer, before clipping.',
    ],
    useless: [
      'Training on and waiting: a weight that is NaN stays NaN.',
      'Clipping: the norm of a gradient that holds NaN is NaN, so there is nothing to scale by.',
    ],
    chapter: exploding,
    symptom: 'nan-at-step-k',
    preset: { widget: 'exploding-overflow', preset: 'reluMse', title: 'Deep ReLU, squared error' },
  },
  'overflow-skips': {
    title: 'Some steps were skipped: dynamic loss scaling at work',
    meaning:
      'In these rows the scaled gradient did not fit into float16. The scaler leaves such a step out, makes its scale smaller and goes on. A few of these are normal, most of all at the beginning.',
    next: [
      'Nothing, as long as they stay rare.',
      'If they become frequent, log the loss scale: one that goes on falling is a fault.',
      'Use bfloat16 where the hardware has it: it needs no loss scale.',
    ],
    useless: [
      'Lowering the learning rate: the weights are not at fault.',
      'Taking a running average that stays NaN for a sign: it cannot forget one NaN.',
    ],
    chapter: floats,
    symptom: 'the-norm-is-nan-and-the-loss-is-finite',
    preset: { widget: 'float-floor', preset: 'overscaled', title: 'Scaled too far' },
  },
  'loss-scale-collapse': {
    title: 'The loss scale collapses',
    meaning:
      'The scaler halves its scale again and again, and the gradients are still not finite. So they are not too large for float16 because of the scale: they are not finite without it.',
    next: [
      'Find what is not finite in the unscaled step: run it in float32 or bfloat16 from the last good checkpoint.',
      'Look at the logits and the activations of the last layers, where float16 overflows first.',
      'Go back to a checkpoint from before the first halving of this series.',
    ],
    useless: [
      'A larger first scale, or a smaller lowest one.',
      'Waiting for the scale to come back while the norm is NaN.',
    ],
    chapter: floats,
    symptom: 'the-norm-is-nan-and-the-loss-is-finite',
    preset: { widget: 'float-floor', preset: 'overscaled', title: 'Scaled too far' },
  },
  'gradient-explodes': {
    title: 'The gradient explodes',
    meaning:
      'The norm left its usual range and went on growing, step by step. Each step made the next one larger: the learning rate is above what the curvature allows, or a product over layers or time steps grows.',
    next: [
      'Lower the learning rate by half until it no longer happens.',
      'Clip by the global norm, somewhat above the usual norm.',
      'Log the norm by layer, to see where it begins.',
      'Check the initialization, and normalize inputs and targets.',
    ],
    useless: [
      'Skipping the batch at which it was seen: the growth began before.',
      'Clipping after the norm is no longer finite.',
    ],
    chapter: exploding,
    symptom: 'nan-at-step-k',
    preset: { widget: 'exploding-overflow', preset: 'above', title: '1.1 × critical' },
  },
  'gradient-spikes': {
    title: 'The gradient spikes now and then, and comes back',
    meaning:
      'Single steps have a norm far beyond the usual one, and the next are as before. Rare examples or a steep place do this. Unclipped, one such step can undo many.',
    next: [
      'Clip by the global norm, somewhat above the usual norm.',
      'Look at the batches of these steps: long sequences, odd labels, broken records.',
      'See whether the loss leaps with them.',
    ],
    useless: [
      'A smaller learning rate for the whole run, because of a few steps.',
      'Smoothing the curve until they are no longer seen.',
    ],
    chapter: exploding,
    symptom: 'the-loss-leaps-and-comes-back',
    preset: { widget: 'exploding-overflow', preset: 'rising', title: 'He, learning rate 0.3' },
  },
  'gradient-vanishes': {
    title: 'The gradient vanishes',
    meaning:
      'The norm is so small that the weights hardly move, while the loss is still high. Saturated units, weights that start too small, or too many layers without a way around them make the product over layers shrink.',
    next: [
      'Log the norm by layer: a straight line in the logarithm says that each layer keeps the same share.',
      'Check that the loss reaches the weights at all: nothing detached, frozen or multiplied by zero.',
      'Use an activation function that keeps the signal, with the initialization that belongs to it.',
      'Add residual connections or normalization.',
    ],
    useless: [
      'Only a larger learning rate: where layers differ by powers of ten, no one rate fits.',
      'Training longer.',
      'Clipping, which bounds a norm from above.',
    ],
    chapter: vanishing,
    symptom: 'first-layers-at-a-billionth',
    preset: { widget: 'vanishing-depth', preset: 'problem', title: 'Ten hidden layers beside two' },
  },
  'stalled-at-chance': {
    title: 'The loss does not leave its start',
    meaning:
      'Over the whole file the loss stays within its scatter. Where it lies at ln C, the network guesses among C classes and has learned nothing.',
    next: [
      'Try to learn ten examples by heart: a sound network brings their loss near 0.',
      'Check that the optimizer holds the network’s parameters, and that the learning rate is not 0.',
      'Check that inputs and labels still belong together after shuffling.',
      'Log the norm by layer.',
    ],
    useless: ['Training longer, before ten examples can be learned.', 'More data.'],
    chapter: vanishing,
    symptom: 'the-loss-stays-at-ln-c',
    preset: { widget: 'vanishing-depth', preset: 'plateau', title: 'Plateau' },
  },
  'clipped-always': {
    title: 'Nearly every step is clipped',
    meaning:
      'The threshold, and not the gradient, sets the length of each step: all of them have the same. The learning rate then means something else than it says, and a change of the threshold acts like a change of the rate.',
    next: [
      'Say what you mean: raise the threshold to somewhat above the usual norm, or keep it and lower the learning rate knowingly.',
      'Ask why the norm is so large: a loss that is summed instead of averaged, gradients summed over accumulated batches, a large initialization.',
      'Log the norm before clipping, which is what this file shows if your trainer does as most do.',
    ],
    useless: ['A smaller threshold: it only makes every step shorter.'],
    chapter: { slug: 'clipping', title: 'Clipping' },
    symptom: 'the-norm-is-always-above-the-threshold',
    preset: { widget: 'clip-training', preset: 'thresholds', title: 'Smaller and smaller' },
  },
  'layers-vanish': {
    title: 'The gradient shrinks from layer to layer',
    meaning:
      'Towards the input each layer keeps the same share of the norm, so the first layers learn far more slowly than the last, or not at all.',
    next: [
      'Use an activation function that keeps the signal, with the initialization that belongs to it.',
      'Add residual connections or normalization.',
      'Log the share of saturated units by layer.',
    ],
    useless: [
      'A larger learning rate for all layers: the last ones overflow before the first ones move.',
      'Clipping, which bounds a norm from above.',
    ],
    chapter: vanishing,
    symptom: 'first-layers-at-a-billionth',
    preset: { widget: 'vanishing-depth', preset: 'problem', title: 'Ten hidden layers beside two' },
  },
  'layers-explode': {
    title: 'The gradient grows from layer to layer',
    meaning:
      'Towards the input each layer multiplies the norm by the same factor. The first layers are changed most, and a little more depth or a larger rate ends in overflow.',
    next: [
      'Make the initial weights smaller, by the rule that belongs to the activation function.',
      'Add normalization, or scale residual branches down.',
      'Lower the learning rate until the first layers stay calm.',
    ],
    useless: ['Clipping alone: it shortens the step and keeps the ratio between layers.'],
    chapter: { slug: 'weight-initialization', title: 'Weight initialization' },
    symptom: 'nan-at-step-k',
    preset: { widget: 'exploding-overflow', preset: 'reluMse', title: 'Deep ReLU, squared error' },
  },
  'layers-dead': {
    title: 'No gradient reaches the first layers',
    meaning:
      'The gradient of these layers is exactly zero in every row. That is no small number: nothing passes one place. All units of a ReLU layer may be off, or the graph is cut.',
    next: [
      'Log the share of units that are off for all examples, layer by layer.',
      'Look for detach, stop_gradient, no_grad, argmax or rounding behind the last dead layer.',
      'Start again with zero biases and a smaller learning rate; try a leaky ReLU.',
    ],
    useless: [
      'Any learning rate: zero times a rate is zero.',
      'Training longer: units that are off for all examples have no gradient that could wake them.',
    ],
    chapter: { slug: 'activation-functions', title: 'Activation functions' },
    symptom: 'the-loss-stays-at-ln-c',
    preset: { widget: 'dying-relu', preset: 'problem', title: 'Bias −2' },
  },
  'float16-underflow': {
    title: 'Gradients are lost below what float16 holds',
    meaning:
      'A part of the gradient’s entries is smaller than the smallest number of float16 and becomes zero. These weights are not trained, though their gradient is not zero.',
    next: [
      'Scale the loss: dynamically, as GradScaler or DeepSpeed do.',
      'Use bfloat16 where the hardware has it.',
      'Look at the layers: scaling moves the floor, and the gradient goes on vanishing.',
    ],
    useless: ['A larger learning rate: zero times a rate is zero.'],
    chapter: floats,
    symptom: 'float16-alone',
    preset: { widget: 'float-floor', preset: 'scaled', title: 'Loss scaled by 2¹²' },
  },
  'rate-too-high': {
    title: 'The learning rate is too high',
    meaning:
      'The loss swings to and fro, wider each time, or leaps where warm-up reaches its top. Each step overshoots the valley by more than the one before.',
    next: [
      'Halve the learning rate until the swings shrink.',
      'Lengthen the warm-up, or lower its top.',
      'Clip by the global norm, to keep one leap from ending the run.',
    ],
    useless: ['Momentum: it makes a rate that is too high higher still.', 'Training longer.'],
    chapter: exploding,
    symptom: 'the-loss-leaps-and-comes-back',
    preset: { widget: 'exploding-overflow', preset: 'problem', title: '1.05 × critical' },
  },
};
