import type { PowerSettings } from './params';

/** A 2 × 2 matrix, row by row. */
export type Matrix = readonly [number, number, number, number];
export type Vector = readonly [number, number];

/** What the widget shows: the matrix, and what its powers do, from the power 0 on. */
export interface Powers {
  matrix: Matrix;
  /** The size of its largest eigenvalue. */
  spectralRadius: number;
  /** Unit vectors that keep their direction; none of a complex pair. */
  eigenvectors: Vector[];
  /** ‖Wᵏ‖₂: the most by which the power stretches a vector. */
  norms: number[];
  /** Its smallest singular value: the least. */
  least: number[];
}

export const multiply = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
];

/**
 * Both singular values of a 2 × 2 matrix, the larger one first: half the sum and half the difference of the
 * lengths of its two parts, one that turns and stretches alike, and one that also reflects. Exact where the matrix
 * is 0; the smaller one is |det| over the larger, which no cancellation touches.
 */
export function singularValues([a, b, c, d]: Matrix): [number, number] {
  const largest = (Math.hypot(a + d, c - b) + Math.hypot(a - d, b + c)) / 2;
  return [largest, largest === 0 ? 0 : Math.abs(a * d - b * c) / largest];
}

/** The matrix that the settings describe. */
export function matrixOf(
  settings: PowerSettings,
): Pick<Powers, 'matrix' | 'spectralRadius' | 'eigenvectors'> {
  switch (settings.form) {
    case 'real': {
      const { first, second } = settings;
      const angle = radians(settings.angle);
      return {
        // VΛV⁻¹ with the eigenvectors (1, 0) and (cos ψ, sin ψ).
        matrix: [first, (second - first) / Math.tan(angle), 0, second],
        spectralRadius: Math.max(Math.abs(first), Math.abs(second)),
        eigenvectors: [
          [1, 0],
          [Math.cos(angle), Math.sin(angle)],
        ],
      };
    }
    case 'pair': {
      const { radius, stretch } = settings;
      const turn = radians(settings.turn);
      const [cosine, sine] = [radius * Math.cos(turn), radius * Math.sin(turn)];
      return {
        matrix: [cosine, -sine * stretch, sine / stretch, cosine],
        spectralRadius: radius,
        eigenvectors: [],
      };
    }
    case 'single': {
      const { eigenvalue, coupling } = settings;
      return {
        matrix: [eigenvalue, coupling, 0, eigenvalue],
        spectralRadius: Math.abs(eigenvalue),
        eigenvectors: [[1, 0]],
      };
    }
  }
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The powers of a matrix, the identity first. */
export function powersOf(matrix: Matrix, count: number): Matrix[] {
  const powers: Matrix[] = [[1, 0, 0, 1]];
  for (let k = 1; k <= count; k++) powers.push(multiply(matrix, powers[k - 1]!));
  return powers;
}

/** The matrix of the settings and the singular values of its powers. */
export default function powers(settings: PowerSettings): Powers {
  const described = matrixOf(settings);
  const values = powersOf(described.matrix, Math.max(settings.powers, settings.power)).map(
    singularValues,
  );
  return {
    ...described,
    norms: values.map(([largest]) => largest),
    least: values.map(([, smallest]) => smallest),
  };
}
