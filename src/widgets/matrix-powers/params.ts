import { int, number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

const only = (...is: readonly string[]) => ({ parameter: 'form', is });
const eigenvalue = { min: -1.2, max: 1.2, divisions: 48 };

export const params = {
  form: parameters.oneOf('Eigenvalues', {
    real: 'Two real ones',
    pair: 'A complex pair',
    single: 'One, with one eigenvector',
  }),
  first: number({ ...eigenvalue, label: 'First eigenvalue', default: 0.9, when: only('real') }),
  second: number({ ...eigenvalue, label: 'Second eigenvalue', default: 0.7, when: only('real') }),
  angle: number({
    label: 'Angle between the eigenvectors, in degrees',
    help: 'At 90 the matrix is normal, and its powers do what the eigenvalues say.',
    ...{ min: 0.1, max: 90, default: 0.24 },
    scale: 'log',
    divisions: 120,
    when: only('real'),
  }),
  radius: number({
    label: 'Size of both eigenvalues',
    ...{ min: 0, max: 1.2, divisions: 48, default: 1 },
    when: only('pair'),
  }),
  turn: number({
    label: 'Turn at each power, in degrees',
    ...{ min: 1, max: 179, divisions: 178, default: 25 },
    when: only('pair'),
  }),
  stretch: number({
    label: 'Stretch of the circle on which it turns',
    help: '1 is a rotation. At s it turns along an ellipse that is s times as long as it is wide.',
    ...{ min: 1, max: 100, default: 1 },
    scale: 'log',
    divisions: 60,
    when: only('pair'),
  }),
  eigenvalue: number({
    ...eigenvalue,
    label: 'The eigenvalue',
    default: 0.9,
    when: only('single'),
  }),
  coupling: number({
    label: 'Coupling of the two directions',
    help: 'What each power pushes from the second direction into the first.',
    ...{ min: 0.01, max: 100, default: 26 },
    scale: 'log',
    divisions: 80,
    when: only('single'),
  }),
  power: int({
    label: 'Power that is brought out',
    ...{ min: 0, max: 60, default: 5 },
  }),
  powers: int({ label: 'Powers in the chart', min: 5, max: 100, default: 60, advanced: true }),
};

export type PowerSettings = SettingsOf<typeof params>;
