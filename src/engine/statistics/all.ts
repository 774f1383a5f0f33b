import { pathGradient } from './jacobian/pathStatistic';
import { jacobianOf } from './jacobian/statistic';
import { distinctRows, numericalRank, spectralNorm, spectralRadius } from './linearAlgebra';
import {
  each,
  gateValue,
  histogramOf,
  isBias,
  isRecurrent,
  isWeight,
  ofExample,
  ofMatrix,
  ofUnits,
  part,
  shareOf,
  summed,
} from './makers';
import { deadShare, meanCosine, saturatedShare, spreadOverRows } from './measures';
import { mean, standardDeviation } from './reductions';
import {
  exampleGate,
  exampleMemory,
  exampleMemoryGradient,
  examplePreActivation,
  exampleSignalGradient,
  memoryGradient,
  onlyLstm,
  preActivation,
  preActivationGradient,
  recurrentParameter,
  signalGradient,
} from './sources';
import type { Statistic } from './statistic';
import { timeStepGradient } from './timeStepGradient';
import { clipping, updateNorm, updateRatio } from './update';

/** Every statistic that a frame can be asked for beside what it always tells. */
export const statistics: readonly Statistic[] = [
  summed('activationMean', 'hidden layer or time step', 'activation', 'mean'),
  each('activationStd', 'hidden layer or time step', 'activation', standardDeviation),
  each('activationCosine', 'hidden layer or time step', 'activation', meanCosine),
  each('activationSpread', 'hidden layer or time step', 'activation', spreadOverRows),
  summed('preActivationMean', 'layer or time step', preActivation, 'mean'),
  each('preActivationStd', 'layer or time step', preActivation, standardDeviation),
  each('preActivationCosine', 'layer or time step', preActivation, meanCosine),
  ofUnits('unitMean', mean),
  ofUnits('unitStd', standardDeviation),
  summed('preActivationGradientNorm', 'layer or time step', preActivationGradient, 'norm'),
  summed('hiddenGradientNorm', 'hidden layer or time step', 'hiddenGradient', 'norm'),
  summed('cellGradientNorm', 'time step', onlyLstm('cellGradient'), 'norm'),
  summed('memoryGradientNorm', 'time step', memoryGradient, 'norm'),
  each('cellStd', 'time step', onlyLstm('cell'), standardDeviation),
  summed('signalGradientZeros', 'layer or time step', signalGradient, 'zeros'),
  summed('hiddenGradientZeros', 'hidden layer or time step', 'hiddenGradient', 'zeros'),
  summed('cellGradientZeros', 'time step', onlyLstm('cellGradient'), 'zeros'),
  timeStepGradient,
  shareOf('saturation', saturatedShare),
  shareOf('deadUnits', deadShare),
  histogramOf('activationHistogram', 'activation'),
  histogramOf('preActivationHistogram', preActivation),
  summed('weightNorm', 'weight matrix', 'parameter', 'norm', isWeight),
  summed('biasGradientNorm', 'bias', 'gradient', 'norm', isBias),
  summed('biasGradientZeros', 'bias', 'gradient', 'zeros', isBias),
  jacobianOf('jacobianSingularValues', 0),
  jacobianOf('hiddenJacobianSingularValues', 1),
  pathGradient,
  ofExample('exampleInput', 'input unit'),
  ofExample('examplePreActivation', 'unit', examplePreActivation),
  ofExample('exampleGate', 'hidden unit', exampleGate, gateValue),
  ofExample('exampleActivation', 'hidden unit'),
  ofExample('exampleMemory', 'hidden unit', exampleMemory),
  ofExample('exampleOutput', 'output unit'),
  ofExample('exampleTarget', 'output unit'),
  ofExample('exampleSignalGradient', 'unit', exampleSignalGradient),
  ofExample('exampleHiddenGradient', 'hidden unit'),
  ofExample('exampleMemoryGradient', 'hidden unit', exampleMemoryGradient),
  {
    name: 'parameters',
    per: 'parameter',
    needs: ({ kind }) => (kind === 'oneUnit' ? ['parameter'] : null),
    compute: ({ values, of }) => ({
      parameters: of('parameter').flatMap((slot) => [...part(values, slot)]),
    }),
  },
  {
    name: 'updateNorm',
    per: 'weight matrix',
    needs: () => ['parameter', 'updated'],
    compute: updateNorm,
  },
  {
    name: 'updateRatio',
    per: 'weight matrix',
    needs: () => ['parameter', 'updated'],
    compute: updateRatio,
  },
  each(
    'spectralRadius',
    'recurrent matrix',
    recurrentParameter,
    ofMatrix(spectralRadius),
    isRecurrent,
  ),
  each('spectralNorm', 'recurrent matrix', recurrentParameter, ofMatrix(spectralNorm), isRecurrent),
  each('weightRank', 'weight matrix', 'parameter', ofMatrix(numericalRank), isWeight),
  each('gradientRank', 'weight matrix', 'gradient', ofMatrix(numericalRank), isWeight),
  each('distinctUnits', 'weight matrix', 'parameter', ofMatrix(distinctRows), isWeight),
  {
    name: 'learningRate',
    per: 'network',
    needs: () => [],
    compute: ({ learningRate }) => ({ learningRate: [learningRate] }),
  },
  {
    name: 'clipping',
    per: 'network',
    needs: () => ['gradient', 'clippedGradient'],
    compute: clipping,
  },
  {
    // Of a run that has ended, in `final`: no frame before knows it.
    name: 'ownAccuracy',
    per: 'network',
    isFor: 'an mlp',
    needs: ({ kind }) => (kind === 'mlp' ? [] : null),
    compute: () => ({}),
  },
  {
    name: 'penalty',
    per: 'network',
    needs: () => [],
    compute: ({ values }) => ({ penalty: [values[2]!], totalLoss: [values[0]! + values[2]!] }),
  },
];
