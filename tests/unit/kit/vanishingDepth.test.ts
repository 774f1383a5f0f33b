import { describe, expect, it } from 'vitest';
import { defaults } from '../../../src/kit/codec';
import { sigmoidMeanField } from '../../../src/widgets/vanishing-depth/meanField';
import { lanesOf, type Setting } from '../../../src/widgets/vanishing-depth/specs';
import widget from '../../../src/widgets/vanishing-depth/widget';

const setting: Setting = defaults(widget.params);
const differs = (compare: Setting['compare']) =>
  widget.lanes({ ...setting, compare }).map((lane) => lane.differs);

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
      const lanes = lanesOf({ ...setting, ...params });
      const { batchSize, steps, seed, task } = lanes[0]!.spec;
      for (const { spec } of lanes) expect(spec).toMatchObject({ batchSize, steps, seed, task });
    }
  });

  it('draws the mean-field factor of a sigmoid network', () => {
    // Gaussian integrals of an independent program, to their four digits.
    const { q, chi } = sigmoidMeanField();
    expect(q).toBeCloseTo(0.2647, 4);
    expect(Math.sqrt(chi)).toBeCloseTo(0.2361, 4);
  });
});
