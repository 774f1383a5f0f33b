import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix, singularValues as byJacobi } from '../../../src/engine/closedForms';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { imageOf, scalesOf, shownPowers } from '../../../src/widgets/matrix-powers/images';
import type { PowerSettings } from '../../../src/widgets/matrix-powers/params';
import powers, {
  matrixOf,
  multiply,
  powersOf,
  singularValues,
  type Matrix,
} from '../../../src/widgets/matrix-powers/powers';
import widget from '../../../src/widgets/matrix-powers/widget';

const at = (preset: string, own: Partial<PowerSettings> = {}): PowerSettings => ({
  ...presetSettings(widget, preset),
  ...own,
});
const values = (preset: string) => {
  const settings = at(preset);
  return widget.values(settings, powers(settings)) as Record<string, number>;
};

describe('singular values of a 2 × 2 matrix', () => {
  const entry = fc.double({ min: -10, max: 10, noNaN: true });

  test('are those of the general routine', () => {
    fc.assert(
      fc.property(entry, entry, entry, entry, (a, b, c, d) => {
        const [largest, smallest] = singularValues([a, b, c, d]);
        const [first, second] = byJacobi(matrix(2, 2, [a, b, c, d])) as [number, number];
        // Doubles of at most 20; the smaller one is det over the larger, which may cancel.
        expect(largest).toBeCloseTo(first, 9);
        expect(smallest).toBeCloseTo(second, 6);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('are 0 of a zero matrix', () => {
    expect(singularValues([0, 0, 0, 0])).toEqual([0, 0]);
  });
});

describe('the matrix', () => {
  test.each(['problem', 'cure'])('of %s has its eigenvalues at its eigenvectors', (preset) => {
    const settings = at(preset);
    const { matrix: w, eigenvectors } = matrixOf(settings);
    [settings.first, settings.second].forEach((eigenvalue, i) => {
      const [x, y] = eigenvectors[i]!;
      // The off-diagonal entry is 48, and cos and sin are rounded.
      expect(w[0] * x + w[1] * y).toBeCloseTo(eigenvalue * x, 10);
      expect(w[2] * x + w[3] * y).toBeCloseTo(eigenvalue * y, 10);
    });
  });

  test('of a complex pair has their product and their sum', () => {
    const settings = at('ellipse', { radius: 0.8, turn: 40 });
    const [a, b, c, d] = matrixOf(settings).matrix;
    expect(a * d - b * c).toBeCloseTo(0.64, 12);
    expect(a + d).toBeCloseTo(2 * 0.8 * Math.cos((40 * Math.PI) / 180), 12);
  });
});

describe('the presets', () => {
  test('the default grows a hundredfold with a spectral radius below 1, and falls in the end', () => {
    expect(values('problem')['spectralRadius']).toBe(0.9);
    expect(values('problem')['largestNorm']).toBeGreaterThan(100);
    expect(values('problem')['lastNorm']).toBeLessThan(1);
  });

  test('a normal matrix does what its spectral radius says', () => {
    const { norms } = powers(at('cure'));
    norms.forEach((norm, k) => expect(norm / 0.9 ** k).toBeCloseTo(1, 9));
  });

  test('a rotation keeps every length, and the nilpotent one is 0 from the second power on', () => {
    for (const norm of powers(at('rotation')).norms) expect(norm).toBeCloseTo(1, 10);
    expect(powers(at('nilpotent')).norms.slice(0, 4)).toEqual([1, 10, 0, 0]);
  });

  test('one eigenvector: k·0.9^(k − 1)·c above the diagonal, largest at 9 and 10', () => {
    const all = powersOf(matrixOf(at('single')).matrix, 12);
    all.forEach(([, coupled], k) => expect(coupled).toBeCloseTo(k * 0.9 ** (k - 1) * 26, 9));
    expect(all[9]![1]).toBeCloseTo(all[10]![1], 9);
  });
});

describe('the drawing', () => {
  test('fits every image, and is of the circle where nothing is larger', () => {
    const [identity, doubled]: Matrix[] = [
      [1, 0, 0, 1],
      [2, 0, 0, 0.5],
    ];
    expect(scalesOf([identity!], 200, 100)).toEqual([100, 100]);
    // Twice as wide as the circle, into twice the room.
    expect(scalesOf([identity!, doubled!], 200, 100)).toEqual([100, 100]);
    expect(scalesOf([identity!, doubled!, multiply(doubled!, doubled!)], 200, 100)).toEqual([
      50, 50,
    ]);
    // Sixteen times as wide: a needle, whose widths are drawn tighter than its heights.
    expect(scalesOf([identity!, [16, 0, 0, 1]], 200, 100)).toEqual([12.5, 100]);
    expect(imageOf(doubled!)[0]).toEqual([2, 0]);
  });

  test('shows the circle, at most a dozen powers, and that which is brought out last', () => {
    expect(shownPowers(0)).toEqual([0]);
    expect(shownPowers(3)).toEqual([0, 1, 2, 3]);
    expect(shownPowers(40)).toHaveLength(13);
    expect(shownPowers(40).at(-1)).toBe(40);
  });
});

test('says how far the norm reaches before it falls', () => {
  const said = (preset: string) => widget.describe(at(preset), powers(at(preset)), sayFor());
  expect(said('problem')).toContain('The norm reaches 101 at the power 5 before it falls.');
  expect(said('cure')).toContain('No power stretches any vector.');
  expect(said('nilpotent')).toContain('has the spectral radius 0 and the spectral norm 10.');
});
