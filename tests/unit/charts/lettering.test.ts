import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/kit/charts/geometry';
import { formulas, pieces, unset } from '../../../src/kit/charts/lettering';
import { lettering } from '../../../src/kit/charts/markup';

const low = (text: string) => pieces(text).flatMap((piece) => (piece.low ? [piece.text] : []));

describe('subscripts', () => {
  test('are the letter or digit after an underscore', () => {
    expect(pieces('‖∂L/∂h_l‖')).toEqual([
      { text: '‖∂L/∂h', low: false },
      { text: 'l', low: true },
      { text: '‖', low: false },
    ]);
    expect(low('For ReLU, χ = σ_w²/2; at σ_b = 0.05')).toEqual(['w', 'b']);
    expect(low('x_0')).toEqual(['0']);
    expect(low('2/(n_in + n_out)')).toEqual(['in', 'out']);
    expect(low('W_hf and b_hn')).toEqual(['hf', 'hn']);
  });

  test('are not the parts of a name', () => {
    for (const name of ['mlp_relu', 'fan_out', 'n_inner', 'l1_l2_x', '_x', 'a_10', 'no underscore'])
      expect(pieces(name)).toEqual([{ text: name, low: false }]);
  });

  test('are spoken as a letter of their own', () => {
    expect(unset('σ_w from 1 to 2')).toBe('σ w from 1 to 2');
  });

  test('are set low in a drawing, and what follows stands on the line again', () => {
    expect(lettering('σ_w²')).toBe(
      'σ<tspan dy="0.28em" font-size="0.75em">w</tspan><tspan dy="-0.21em">²</tspan>',
    );
    expect(lettering('<σ_w')).toBe('&#60;σ<tspan dy="0.28em" font-size="0.75em">w</tspan>');
  });

  test('take no room for an underscore', () => {
    expect(textWidth('σ_w')).toBeLessThan(textWidth('σ__w'));
  });
});

describe('formulas in a text', () => {
  const found = (text: string) =>
    formulas(text).flatMap((part) => (part.formula ? [part.text] : []));

  test('are found whole, without the sentence around them', () => {
    expect(found('What moves the weights of each layer, ‖∂L/∂W‖, at the step shown.')).toEqual([
      '‖∂L/∂W‖',
    ]);
    expect(found('For ReLU, χ = σ_w²/2; at σ_b = 0.05.')).toEqual(['χ = σ_w²/2', 'σ_b = 0.05']);
    expect(found('theory at the start: × 0.236 a layer, √χ = 0.236 each')).toEqual(['√χ = 0.236']);
    expect(found('The activations h = φ(z) for pre-activations z')).toEqual(['h = φ(z)']);
    expect(found('2/(n_in + n_out) and 3×10⁻⁷ are two.')).toEqual(['2/(n_in + n_out)', '3×10⁻⁷']);
  });

  test('are none in plain words, and nothing is lost', () => {
    const plain = 'Cross-entropy of each batch. At chance it is ln 10: the network guesses.';
    expect(found(plain)).toEqual([]);
    const text = 'σ(0) is ½, so something does pass; ‖∂L/∂z‖ too.';
    expect(
      formulas(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
