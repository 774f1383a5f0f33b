import { choice, type Values } from '../../kit/parameters';

export const params = {
  network: choice({
    label: 'Network',
    options: [
      { value: 'three', label: '3 hidden layers of 32 tanh units' },
      { value: 'thirty', label: '30 hidden layers of 32 tanh units' },
      { value: 'normalized', label: '3 such layers with batch normalization' },
      { value: 'lstm', label: 'LSTM, 32 units, 20 time steps' },
    ],
    default: 'three',
  }),
  optimizer: choice({
    label: 'Optimizer',
    options: [
      { value: 'sgd', label: 'SGD' },
      { value: 'momentum', label: 'momentum' },
      { value: 'adam', label: 'Adam' },
    ],
    default: 'sgd',
  }),
};

export type ProgramValues = Values<typeof params>;
