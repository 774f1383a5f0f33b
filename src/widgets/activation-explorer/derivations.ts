import { activationDerivative, activationValue, erf } from '../../engine/closedForms';
import type { ActivationName } from '../../engine/types';

/** One line of a derivation: what is written, and what it comes to at a z. */
export interface Line {
  formula: string;
  value: (z: number) => number;
}

/** Lines that claim to be equal to one another at every z. */
export interface Derivation {
  title: string;
  lines: readonly Line[];
}

/** Half the width of the difference quotient that slopes are checked against. */
export const STEP = 1e-5;

const phi = (name: ActivationName) => (z: number) => activationValue(name, z);
const slope = (name: ActivationName) => (z: number) => activationDerivative(name, z);
const sigma = phi('sigmoid');
const normalDensity = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
const normalShare = (z: number) => (1 + erf(z / Math.SQRT2)) / 2;

/** The slope as a difference quotient of the engine's own φ. */
const quotient = (name: ActivationName): Line => ({
  formula: '(φ(z + Δ) − φ(z − Δ))/2Δ, with Δ = 10⁻⁵',
  value: (z) => (activationValue(name, z + STEP) - activationValue(name, z - STEP)) / (2 * STEP),
});

const derivative = (name: ActivationName, title: string, ...lines: Line[]): Derivation => ({
  title,
  lines: [...lines, quotient(name)],
});

/** What the explorer derives, or at least checks, for each function. */
export const derivations: Record<ActivationName, readonly Derivation[]> = {
  sigmoid: [
    derivative(
      'sigmoid',
      'The slope of σ(z) = 1/(1 + e⁻ᶻ)',
      { formula: 'e⁻ᶻ/(1 + e⁻ᶻ)²', value: (z) => Math.exp(-z) / (1 + Math.exp(-z)) ** 2 },
      {
        formula: '1/(1 + e⁻ᶻ) · e⁻ᶻ/(1 + e⁻ᶻ)',
        value: (z) => (1 / (1 + Math.exp(-z))) * (Math.exp(-z) / (1 + Math.exp(-z))),
      },
      { formula: 'σ(z)(1 − σ(z))', value: (z) => sigma(z) * (1 - sigma(z)) },
    ),
  ],
  tanh: [
    derivative(
      'tanh',
      'The slope of tanh z = (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ)',
      {
        formula: '((eᶻ + e⁻ᶻ)² − (eᶻ − e⁻ᶻ)²)/(eᶻ + e⁻ᶻ)²',
        value: (z) => {
          const [sum, difference] = [Math.exp(z) + Math.exp(-z), Math.exp(z) - Math.exp(-z)];
          return (sum ** 2 - difference ** 2) / sum ** 2;
        },
      },
      { formula: '1 − tanh² z', value: (z) => 1 - activationValue('tanh', z) ** 2 },
      { formula: '4σ′(2z)', value: (z) => 4 * activationDerivative('sigmoid', 2 * z) },
    ),
    {
      title: 'A tanh is a sigmoid, stretched and moved',
      lines: [
        { formula: 'tanh z', value: phi('tanh') },
        { formula: '2σ(2z) − 1', value: (z) => 2 * sigma(2 * z) - 1 },
      ],
    },
  ],
  relu: [
    derivative('relu', 'The slope of max(0, z)', {
      formula: '1 where z > 0, 0 where z ≤ 0',
      value: slope('relu'),
    }),
  ],
  leakyRelu: [
    derivative('leakyRelu', 'The slope of max(0.01z, z)', {
      formula: '1 where z > 0, 0.01 where z ≤ 0',
      value: slope('leakyRelu'),
    }),
  ],
  elu: [
    derivative('elu', 'The slope of z, and eᶻ − 1 where z ≤ 0', {
      formula: '1 where z > 0, φ(z) + 1 where z ≤ 0',
      value: (z) => (z > 0 ? 1 : activationValue('elu', z) + 1),
    }),
  ],
  selu: [
    derivative('selu', 'The slope of 1.0507z, and 1.7581(eᶻ − 1) where z ≤ 0', {
      formula: '1.0507 where z > 0, 1.7581eᶻ where z ≤ 0',
      value: slope('selu'),
    }),
  ],
  gelu: [
    derivative('gelu', 'The slope of z · Φ(z), Φ the normal distribution function', {
      formula: 'Φ(z) + z · e^(−z²/2)/√(2π)',
      value: (z) => normalShare(z) + z * normalDensity(z),
    }),
  ],
  geluTanh: [
    derivative('geluTanh', 'The slope of ½z(1 + T), T = tanh(√(2/π)(z + 0.044715z³))', {
      formula: '½(1 + T) + ½z(1 − T²) · √(2/π)(1 + 0.134145z²)',
      value: slope('geluTanh'),
    }),
  ],
  silu: [
    derivative('silu', 'The slope of z · σ(z)', {
      formula: 'σ(z) + zσ(z)(1 − σ(z))',
      value: (z) => sigma(z) * (1 + z * (1 - sigma(z))),
    }),
  ],
  softplus: [derivative('softplus', 'The slope of ln(1 + eᶻ)', { formula: 'σ(z)', value: sigma })],
  linear: [derivative('linear', 'The slope of z', { formula: '1', value: () => 1 })],
};

/** The largest difference between two lines of a derivation at z. */
export function disagreement({ lines }: Derivation, z: number): number {
  const values = lines.map(({ value }) => value(z));
  return Math.max(...values) - Math.min(...values);
}
