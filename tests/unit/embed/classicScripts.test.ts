import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { classicScripts } from '../../../src/commands/classic-scripts';

const chunk = (
  fileName: string,
  code: string,
  more: Partial<Parameters<typeof classicScripts>[0][number]> = {},
) => ({
  fileName,
  code,
  isEntry: false,
  imports: [] as string[],
  dynamicImports: [] as string[],
  facadeModuleId: null as string | null,
  moduleIds: [] as string[],
  ...more,
});

const chunks = [
  chunk(
    'frame.js',
    'const shared = require("./shared.js"); log(shared.name); exports.load = (id) => require(`./${id}.js`); log(exports.load(page).default);',
    { isEntry: true, imports: ['shared.js'], dynamicImports: ['one.js', 'two.js'] },
  ),
  chunk('shared.js', 'exports.name = "shared";'),
  chunk('one.js', 'exports.default = require("./deep.js").word;', {
    facadeModuleId: '/repo/src/widgets/one/widget.ts',
    imports: ['deep.js', 'shared.js'],
  }),
  chunk('deep.js', 'exports.word = "one";'),
  chunk('two.js', 'exports.default = "two" + require("./both.js").more;', {
    facadeModuleId: '/repo/src/widgets/two/widget.ts',
    imports: ['both.js'],
  }),
  chunk('three.js', 'exports.default = require("./both.js").more;', {
    facadeModuleId: '/repo/src/widgets/three/widget.ts',
    imports: ['both.js'],
  }),
  chunk('both.js', 'exports.more = "!";'),
];
const scripts = classicScripts(chunks, ['one', 'two', 'three']);

/** Runs the scripts of a page in their order, as a browser does. */
function open(page: string, names: string[]): string[] {
  const logged: string[] = [];
  const scope: Record<string, unknown> = { page, log: (text: string) => logged.push(text) };
  scope['self'] = scope;
  for (const name of names) runInNewContext(scripts.get(name)!, scope);
  return logged;
}

describe('the classic scripts of the embeds', () => {
  it('are one for the frame and one a widget', () => {
    expect([...scripts.keys()].toSorted()).toEqual([
      'frame.js',
      'widgets/one.js',
      'widgets/three.js',
      'widgets/two.js',
    ]);
  });

  it('run a widget from its own script and the frame’s', () => {
    expect(open('one', ['widgets/one.js', 'frame.js'])).toEqual(['shared', 'one']);
    expect(open('two', ['widgets/two.js', 'frame.js'])).toEqual(['shared', 'two!']);
  });

  it('keep what one widget needs out of the others, and share what two need', () => {
    expect(scripts.get('widgets/one.js')).toContain('"deep.js"');
    expect(scripts.get('frame.js')).not.toContain('modules["deep.js"]');
    expect(scripts.get('frame.js')).toContain('["both.js"] =');
    expect(scripts.get('widgets/two.js')).not.toContain('["both.js"] =');
  });

  it('are not mixed up where one id begins with another', () => {
    const longer = chunk('longer.js', 'exports.default = "longer";', {
      facadeModuleId: '/repo/src/widgets/one-more/widget.ts',
    });
    const all = classicScripts([...chunks, longer], ['one', 'one-more', 'two', 'three']);
    expect(all.get('widgets/one-more.js')).toContain('["longer.js"] =');
    expect(all.get('frame.js')).not.toContain('["longer.js"] =');
  });

  it('are refused where a widget has none', () => {
    expect(() => classicScripts(chunks, ['one', 'four'])).toThrow('four has no script of its own');
  });
});
