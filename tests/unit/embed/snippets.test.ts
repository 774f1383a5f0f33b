import { describe, expect, it } from 'vitest';
import {
  elementCode,
  frameAddress,
  framed,
  iframeCode,
  mainFigures,
  oembedAddress,
  pictureCode,
  type Wanted,
} from '../../../src/embed/snippets';

const wanted: Wanted = {
  site: 'https://example.org/lab/',
  id: 'float-floor',
  title: 'Where a float loses the "first" layer [a & b]',
  version: 1,
  parameters: [['max-depth', '40']],
};

describe('the codes to copy', () => {
  it('give the element its parameters as attributes', () => {
    expect(elementCode(wanted)).toBe(
      '<script async src="https://example.org/lab/embed/v1.js"></script>\n' +
        '<gradient-lab widget="float-floor" max-depth="40"></gradient-lab>',
    );
  });

  it('name a theme only where it is forced, and a version only where there has been another', () => {
    expect(frameAddress({ ...wanted, theme: 'auto' })).toBe(
      'https://example.org/lab/embed/float-floor/?max-depth=40',
    );
    expect(frameAddress({ ...wanted, theme: 'dark', version: 3 })).toBe(
      'https://example.org/lab/embed/float-floor/?max-depth=40&v=3&theme=dark',
    );
    expect(frameAddress({ ...wanted, parameters: [], version: 3 })).toBe(
      'https://example.org/lab/embed/float-floor/',
    );
  });

  it('name figures and controls in every live form, and in no picture', () => {
    const some: Wanted = { ...wanted, figures: ['loss', 'map'], controls: 'run' };
    expect(elementCode(some)).toContain('max-depth="40" figures="loss,map" controls="run">');
    expect(frameAddress(some)).toBe(
      'https://example.org/lab/embed/float-floor/?max-depth=40&figures=loss,map&controls=run',
    );
    expect(pictureCode(some)).toContain('/widgets/float-floor/?max-depth=40)');
  });

  it('fill a plain frame with the first figures where none was chosen', () => {
    const figures = ['first', 'second', 'third'].map((id) => ({ id }));
    const params = {};
    const main = mainFigures({ params, figures });
    expect(framed(wanted, main).figures).toEqual(['first', 'second']);
    expect(framed({ ...wanted, figures: ['third'] }, main).figures).toEqual(['third']);
    // What the default setting leaves out would fill no frame.
    const [first, ...others] = figures;
    expect(
      mainFigures({ params, figures: [{ ...first!, shown: () => false }, ...others] }),
    ).toEqual(['second', 'third']);
    // One that is led by a drawing of its own shows that.
    expect(mainFigures({ params, figures, drawing: 'The cell' })).toEqual(['drawing']);
    expect(iframeCode(wanted, { width: 960, height: 540 })).toContain('width="960" height="540"');
    expect(iframeCode(wanted)).toContain('allow="clipboard-write; fullscreen"');
  });

  it('escape what would break out of an attribute or a Markdown link', () => {
    expect(iframeCode({ ...wanted, theme: 'dark' })).toContain(
      'src="https://example.org/lab/embed/float-floor/?max-depth=40&amp;theme=dark"',
    );
    expect(iframeCode(wanted)).toContain('the &quot;first&quot; layer [a &amp; b] (Gradient Lab)"');
    expect(pictureCode(wanted)).toContain('layer \\[a & b\\]](https://');
  });

  it('lead from a preset’s picture to the same preset, live', () => {
    expect(pictureCode({ ...wanted, title: 'A' }, 'cure')).toBe(
      '[![A](https://example.org/lab/embed/float-floor/figure-cure.svg)](https://example.org/lab/widgets/float-floor/?preset=cure)',
    );
    expect(pictureCode({ ...wanted, title: 'A', theme: 'dark', version: 2 })).toBe(
      '[![A](https://example.org/lab/embed/float-floor/figure.svg)](https://example.org/lab/widgets/float-floor/?max-depth=40&v=2)',
    );
    expect(oembedAddress(wanted)).toBe('https://example.org/lab/embed/float-floor/oembed.json');
  });
});
