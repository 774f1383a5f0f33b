import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/kit/charts/geometry';
import { pieces, unset } from '../../../src/kit/charts/lettering';
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
