import { describe, expect, it } from 'vitest';
import { defaults } from '../../../src/kit/codec';
import { fixedPoint } from '../../../src/engine/closedForms';
import { sayFor } from '../../../src/kit/say';
import type { DepthSettings } from '../../../src/widgets/vanishing-depth/params';
import widget from '../../../src/widgets/vanishing-depth/widget';

const settings: DepthSettings = defaults(widget.params);
const differs = (compare: DepthSettings['compare']) =>
  widget.lanes({ ...settings, compare }, sayFor()).map((lane) => lane.differs);

describe('vanishing-depth', () => {
  it('has a control that differs in depth alone', () => {
    expect(differs('shallow')).toEqual([undefined, 'depth 2 instead of 10']);
  });

  it('names all that a cure changes', () => {
    expect(differs('tanh')).toEqual([
      undefined,
      'activation tanh instead of sigmoid; initialization orthogonal instead of Glorot normal; ' +
        'learning rate 0.01 instead of 0.1',
    ]);
    expect(differs('relu')).toEqual([
      undefined,
      'activation ReLU instead of sigmoid; initialization He normal instead of Glorot normal; ' +
        'optimizer Adam instead of SGD with momentum; learning rate 0.002 instead of 0.1',
    ]);
  });

  it('shows each change of a cure alone', () => {
    expect(differs('tanhParts')).toEqual([
      undefined,
      'activation tanh instead of sigmoid',
      'initialization orthogonal instead of Glorot normal',
      'learning rate 0.01 instead of 0.1',
      'activation tanh instead of sigmoid; initialization orthogonal instead of Glorot normal; ' +
        'learning rate 0.01 instead of 0.1',
    ]);
  });

  it('trains every lane on the same batches', () => {
    for (const { params } of Object.values(widget.presets)) {
      const lanes = widget.lanes({ ...settings, ...params }, sayFor());
      const { batchSize, steps, seed, task } = lanes[0]!.spec;
      for (const { spec } of lanes) expect(spec).toMatchObject({ batchSize, steps, seed, task });
    }
  });

  it('draws the mean-field factor of a sigmoid network', () => {
    // Gaussian integrals of an independent program, to their four digits.
    const { q, chi } = fixedPoint('sigmoid', 1, 0);
    expect(q).toBeCloseTo(0.2647, 4);
    expect(Math.sqrt(chi)).toBeCloseTo(0.2361, 4);
  });
});
