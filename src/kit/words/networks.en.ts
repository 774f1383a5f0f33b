/** A quantity that figures show: what it is called, its formula or unit, and what it says. */
interface Statistic {
  name: string;
  symbol: string;
  says?: string;
}

const statistics: Record<string, Statistic> = {
  signalGradientNorm: {
    name: 'Signal gradient',
    symbol: '‖∂L/∂z‖',
    says: 'How much of the error reaches each layer, ‖∂L/∂z‖',
  },
  weightGradientNorm: {
    name: 'Weight gradient',
    symbol: '‖∂L/∂W‖',
    says: 'What each layer’s weights are moved by, ‖∂L/∂W‖',
  },
  weightGradientZeros: { name: 'Zeros in the weight gradient', symbol: 'Share of entries' },
  activationStd: {
    name: 'Activations',
    symbol: 'Standard deviation of h',
    says: 'Standard deviation of each hidden layer, over the batch and the units',
  },
  activationSpread: {
    name: 'Differences between the images',
    symbol: 'Standard deviation over the images',
    says: 'How much a unit of each hidden layer differs from image to image of the batch',
  },
  hiddenGradientNorm: {
    name: 'Gradient of the activations',
    symbol: '‖∂L/∂h‖',
    says: 'How much of the error reaches the output of each layer, ‖∂L/∂h‖',
  },
  memoryGradientNorm: { name: 'Gradient of the memory', symbol: '‖∂L/∂h‖ or ‖∂L/∂c‖' },
  preActivationStd: { name: 'Size of the pre-activations', symbol: 'Standard deviation' },
  preActivationCosine: { name: 'Likeness of the images', symbol: 'Mean cosine' },
  deadUnits: { name: 'Dead units', symbol: 'Share of units' },
  updateNorm: {
    name: 'Update',
    symbol: '‖ΔW‖',
    says: 'How far one step moves the weights of each layer, ‖ΔW‖',
  },
  activationHistogram: { name: 'Activations', symbol: 'Activation h' },
  preActivationHistogram: { name: 'Pre-activations', symbol: 'Pre-activation z' },
};

const timeSteps = (count: string): string => `${count} time step${count === '1' ? '' : 's'}`;

/** A tensor of a step, by what tells it from the others. */
export interface TensorNamed {
  /** The letter or word that its name begins with. */
  kind: string;
  gradient: boolean;
  clipped: boolean;
  /** Which of an optimizer's moments of it is meant. */
  moment: string | undefined;
  /** The gate of its cell, and the symbol of a cell's parameter; else ''. */
  gate: string;
  symbol: string;
}

const tensors: Record<string, string> = {
  z: 'pre-activations',
  h: 'activations',
  c: 'cell',
  x: 'state',
  output: 'output',
  W: 'weights',
  b: 'biases',
  gamma: 'scales γ',
  beta: 'shifts β',
  runningMean: 'running means',
  runningVariance: 'running variances',
};

const gradients: Record<string, string> = { z: 'signal gradient', W: 'weight gradient' };

const gates: Record<string, string> = {
  i: 'input gate',
  f: 'forget gate',
  o: 'output gate',
  r: 'reset gate',
  z: 'update gate',
  g: 'candidate',
  n: 'candidate',
};

const moments: Record<string, string> = {
  velocity: 'velocity',
  firstMoment: 'mean of the gradients',
  secondMoment: 'mean of the squared gradients',
};

function tensorNamed({ kind, gradient, clipped, moment, gate, symbol }: TensorNamed): string {
  const name = `${tensors[kind]}${symbol && ` ${symbol}`}`;
  const own = symbol ? undefined : gradients[kind];
  const what = `${clipped ? 'clipped ' : ''}${gradient ? (own ?? `gradient of the ${name}`) : name}`;
  const ofGate = gate && ` of the ${gates[gate]}`;
  return moment === undefined
    ? `the ${what}${ofGate}`
    : `the optimizer’s ${moments[moment] ?? moment}, of the ${what}`;
}

/** The words of networks, of what they are trained by and of their runs, in English. */
export const networks = {
  /** What saving a figure says. */
  saving: {
    columns: 'Columns of the CSV',
    separators: { ',': 'Comma', ';': 'Semicolon, decimal comma' },
    noFile: 'No file?',
    allowDownloads:
      'The page around this figure keeps it in a sandbox: it must add allow-downloads. Until then, copy this:',
    pixelsHidden:
      'This browser hides from pages what they draw, so a PNG would be noise. Here is the SVG instead.',
  },

  /** Where a run broke. */
  tensors: {
    what: tensorNamed,
    ofLayer: (tensor: string, layer: string) => `${tensor} of layer ${layer}`,
    atTimeStep: (tensor: string, timeStep: string) =>
      `${tensor} at time step ${timeStep} of the sequence`,
  },

  spec: {
    network: 'network:',
    optimizer: 'optimizer',
    loss: 'loss',
    task: 'task:',
    clip: 'clipping:',
    clipEpsilon: 'ε of the clipping',
    penalty: 'penalty:',
    batchSize: 'batch size',
    steps: 'steps',
    seed: 'seed',
    examples: 'examples shown',
    none: 'none',
    recentred: 're-centred',
    likeTheOthers: 'like the others',
    networks: {
      mlp: (depth: string, width: string) =>
        `multilayer perceptron, depth ${depth}, width ${width}`,
      recurrent: (cell: string, hiddenSize: string) => `${cell}, hidden size ${hiddenSize}`,
      oneUnit: (weight: string, bias: string) => `one recurrent unit, w ${weight} and b ${bias}`,
    },
    mlp: {
      depth: 'depth',
      width: 'width',
      activation: 'activation',
      initializer: 'initialization',
      firstInitializer: 'initialization of the first layer',
      bias: 'initial bias',
      outputInitializer: 'output initialization',
      batchNorm: 'batch normalization',
      layerNorm: 'layer normalization',
      rmsNorm: 'RMS normalization',
      preActivationNoise: 'noise on the pre-activations',
      residual: 'residual connections',
      branchInitializer: 'initialization at the end of each branch',
      branchScale: 'branch scale',
    },
    batchNorm: {
      epsilon: 'ε of the batch normalization',
      momentum: 'momentum of the batch normalization',
    },
    layerNorm: { epsilon: 'ε of the layer normalization' },
    rmsNorm: { epsilon: 'ε of the RMS normalization' },
    preActivationNoise: {
      shift: 'largest shift of a unit by noise',
      scale: 'largest scale of a unit by noise',
      shiftSpread: 'spread of the shift by noise',
      scaleSpread: 'spread of the scale by noise',
    },
    residuals: {
      none: 'none',
      single: 'around each layer',
      postActivation: 'around every two layers, activation after the sum',
      preActivation: 'around every two layers, activation before the weights',
    },
    recurrent: {
      cell: 'cell',
      hiddenSize: 'hidden size',
      activation: 'activation',
      initializer: 'initialization of the input weights',
      recurrentInitializer: 'initialization of the recurrent weights',
      outputInitializer: 'output initialization',
      bias: 'initial bias',
      inputBias: 'initial bias of the input gate',
      forgetBias: 'initial bias of the forget gate',
      outputBias: 'initial bias of the output gate',
      resetBias: 'initial bias of the reset gate',
      updateBias: 'initial bias of the update gate',
      candidateBias: 'initial bias of the candidate',
      recurrentCandidateBias: 'initial bias of the candidate’s recurrent part',
      readoutBias: 'initial bias of the readout',
      readout: 'readout',
      truncation: 'truncated backpropagation:',
    },
    truncated: (timeSteps: string, one: boolean) => `after ${timeSteps} time step${one ? '' : 's'}`,
    cells: {
      rnn: 'plain RNN',
      lstm: 'LSTM',
      gruResetBefore: 'GRU (reset before the product)',
      gruResetAfter: 'GRU (reset after the product)',
    },
    readouts: { last: 'at the last time step', every: 'at every time step' },
    oneUnit: {
      weight: 'initial w',
      bias: 'initial b',
      weightSpread: 'spread of initial w',
      biasSpread: 'spread of initial b',
    },
    activations: {
      linear: 'linear',
      sigmoid: 'sigmoid',
      tanh: 'tanh',
      relu: 'ReLU',
      leakyRelu: 'leaky ReLU',
      elu: 'ELU',
      selu: 'SELU',
      gelu: 'GELU',
      geluTanh: 'GELU, tanh form',
      silu: 'SiLU',
      softplus: 'softplus',
    },
    initializers: {
      zeros: 'zeros',
      constant: 'constant',
      normal: 'normal',
      uniform: 'uniform',
      leCunNormal: 'LeCun normal',
      leCunUniform: 'LeCun uniform',
      glorotNormal: 'Glorot normal',
      glorotUniform: 'Glorot uniform',
      heNormal: 'He normal',
      heUniform: 'He uniform',
      orthogonal: 'orthogonal',
      identity: 'identity',
      lsuv: 'LSUV',
    },
    initializerNumbers: { gain: 'gain', value: 'value', std: 'std', limit: 'limit' },
    optimizers: {
      sgd: 'SGD',
      momentum: 'SGD with momentum',
      nesterov: 'SGD with Nesterov momentum',
      rmsprop: 'RMSProp',
      adam: 'Adam',
      adamw: 'AdamW',
    },
    optimizerNumbers: {
      learningRate: 'learning rate',
      momentum: 'momentum',
      decay: 'decay of the squared gradients',
      beta1: 'β₁',
      beta2: 'β₂',
      epsilon: 'ε of the optimizer',
      weightDecay: 'weight decay',
    },
    warmUp: 'warm-up:',
    decay: 'decay of the learning rate:',
    warmUps: (steps: string, one: boolean) => `over ${steps} step${one ? '' : 's'}`,
    decayOver: (steps: string | null) =>
      steps === null ? 'over the rest of the run' : `over ${steps} steps`,
    decays: {
      cosine: ({ steps, to }: { steps: string; to: string }) =>
        `cosine ${steps}, down to ${to} times the rate`,
      step: ({ every, factor }: { every: string; factor: string }) =>
        `times ${factor} after every ${every} steps`,
    },
    clips: {
      globalNorm: (limit: string) => `global norm at ${limit}`,
      perTensorNorm: (limit: string) => `norm of each tensor at ${limit}`,
      value: (limit: string) => `each entry at ${limit}`,
    },
    penalties: {
      l1: (strength: string) => `L1 ${strength}`,
      l2: (strength: string) => `L2 ${strength}`,
      weightDecay: (strength: string) => `decoupled decay ${strength}`,
      tensors: (terms: string, tensors: string | null) =>
        `${terms} on ${tensors ?? 'every weight matrix'}`,
    },
    losses: {
      softmaxCrossEntropy: 'cross-entropy',
      meanSquaredError: {
        mean: 'mean squared error',
        sum: 'squared error, summed over the outputs',
      },
    },
    tasks: {
      digits: () => 'digits',
      twoSpirals: ({ noise }: { noise: string }) => `two spirals, noise ${noise}`,
      linearRegression: () => 'digits by linear regression',
      recall: ({ length }: { length: string }) => `recall over ${timeSteps(length)}`,
      adding: ({ length }: { length: string }) => `adding over ${timeSteps(length)}`,
      delayedDigits: ({ order, delay }: { order: string; delay: string }) =>
        `digits read ${order}, then ${timeSteps(delay)} of waiting`,
      cliff: ({ starts }: { starts: string }) =>
        starts === '1' ? 'the cliff' : `the cliff from ${starts} starts`,
    },
    orders: { row: 'row by row', pixel: 'pixel by pixel' },
  },

  training: {
    step: 'Step',
    timeStep: 'Time step',
    layer: 'Layer',
    layerOrOutput: 'Layer (the last one is the output)',
    layerNumber: (layer: string) => `layer ${layer}`,
    atStep: (what: string, step: string) => `${what}, step ${step}`,
    chance: (loss: string) => `chance, ${loss}`,
    statistic: (name: string): Statistic => statistics[name] ?? { name, symbol: name },
    loss: {
      title: 'Loss while training',
      axis: 'Batch loss',
      caption: 'Cross-entropy of each batch. At chance it is ln 10: the network guesses.',
      cut: (top: string) =>
        `Where a curve goes beyond ${top} the axis ends there, and the table has its numbers.`,
    },
    accuracy: {
      title: 'Accuracy while training',
      axis: 'Batch accuracy',
      caption: 'The share of each batch that the network gets right.',
    },
    trainingError: {
      title: 'Training error',
      axis: 'Share read wrongly',
      caption: (steps: string) =>
        `The share of the training images that the network reads wrongly, over the batches of the last ${steps} steps.`,
    },
    byLayer: {
      title: (name: string, atStart: boolean) =>
        `${name} by layer${atStart ? ' at the start' : ''}`,
      caption: ({ says, symbol }: Statistic, atStart: boolean) =>
        `${says ?? symbol}, ${atStart ? 'before the first step' : 'at the step shown'}.`,
    },
    layerByStep: {
      title: 'Layer by step',
      caption: (name: string) =>
        `The ${name.toLowerCase()} of every layer while it trains; layer 1 is the lowest row.`,
      beside: 'The same for the last of the networks that it is compared with.',
    },
    living: {
      title: 'The network, unit by unit',
      caption:
        'One image on its way through the layers, and the error on its way back. A unit is filled by its value, ' +
        'dark above zero and grey below; its ring and the ribbons show what is left of the error signal in it and ' +
        'in its layer: thin and blue where it is lost, wide and orange where it grows. Thicker grey lines are ' +
        'larger weights; the line under them is blue where nothing pulls at them, orange where they are torn. ' +
        'The digit that was shown is outlined.',
      image: (digit: string) => `a handwritten ${digit}`,
      numbers: 'one example',
      reads: (digit: string, share: string) => `it reads ${digit} (${share})`,
      guesses: (digit: string, share: string) => `it guesses ${digit} (${share})`,
      nothing: 'it reads nothing',
      left: 'left of the error',
      legend: { lost: 'lost', arrives: 'arrives', grows: 'grows' },
      axis: 'layer',
      names: {
        layer: 'Layer',
        unit: 'Unit',
        activation: 'Value',
        signal: 'Signal gradient',
        weight: 'Size of the weights into it',
        gradient: 'Weight gradient',
        input: 'input',
        output: 'output',
        all: 'all (rms)',
      },
      told: {
        shown: (input: string, reading: string) => `Shown is ${input}; ${reading}.`,
        lost: (layer: string, first: string, share: string) =>
          `The error signal is lost on its way back: from layer ${layer} on, less than a thousandth of it is left, ` +
          `and ${share} of it reaches layer ${first}.`,
        fades: (share: string) => `Of the error signal, ${share} reaches layer 1.`,
        arrives: (factor: string) =>
          `The error signal reaches layer 1 at ${factor} times its size in the last layer.`,
        grows: (factor: string) =>
          `The error signal grows on its way back, to ${factor} times its size at layer 1.`,
        none: 'There is no error signal.',
        broke: (step: string, layer: string, value: string) =>
          `At step ${step} the numbers overflowed: ${value} in layer ${layer}.`,
        brokeElsewhere: (step: string, value: string) =>
          `At step ${step} the numbers overflowed (${value}).`,
        before: (step: string) => `The ribbons show step ${step}, the last with a gradient.`,
      },
    },
    histograms: {
      title: (name: string) => `${name} by layer`,
      caption: 'How often each size occurs in a layer; each panel to its own height.',
    },
    outcome: (label: string, what: string) => `${label}: ${what}.`,
    and: (one: string, another: string) => `${one}, ${another}`,
    stateAt: (what: string, step: string) => `${what} at step ${step}`,
    diverged: (step: string) => `diverged at step ${step}`,
    trainingLoss: (loss: string) => `training loss ${loss}`,
    batchLoss: (loss: string) => `batch loss ${loss}`,
    trainAccuracy: (share: string) => `training accuracy ${share}`,
    testAccuracy: (share: string) => `test accuracy ${share}`,
  },
};

export type NetworkWords = typeof networks;
