import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../config/root.ts';
import { violations, type SourceFile } from '../support/architecture.ts';
import { circles } from '../support/circles.ts';
import { filesUnder } from '../support/files.ts';
import { importsOf } from '../support/imports.ts';
import { rooms } from '../support/rooms.ts';

const sources: SourceFile[] = [
  ...filesUnder(['src', 'content'], /\.(ts|js|mjs|svelte|astro|mdx)$/),
  { path: 'astro.config.mjs', text: readFileSync(`${root}astro.config.mjs`, 'utf8') },
];

describe('the imports of src and content', () => {
  test('obey the architecture', () => {
    expect(violations(sources)).toEqual([]);
  });

  test('form no circle', () => {
    expect(circles(sources)).toEqual([]);
  });

  test('find every room of the engine', () => {
    const found = new Set(
      sources.flatMap(({ path }) => /^src\/engine\/([^/]+)\//.exec(path)?.[1] ?? []),
    );
    expect(rooms.filter((room) => !found.has(room))).toEqual([]);
  });

  test('are seen: every layer has some', () => {
    for (const layer of [
      'engine',
      'kit/charts',
      'kit',
      'widgets',
      'registry',
      'checkup',
      'site',
      'pages',
      'commands',
    ]) {
      const files = sources.filter(({ path }) => path.startsWith(`src/${layer}/`));
      const imports = files.flatMap(({ path, text }) => importsOf(path, text));
      expect(imports.length, `imports in src/${layer}`).toBeGreaterThan(0);
    }
  });
});

describe('circles', () => {
  const file = (name: string, text: string): SourceFile => ({ path: `src/${name}.ts`, text });

  test('finds files that need each other, by values or by types', () => {
    const files = [
      file('a', `import { b } from './b';`),
      file('b', `import type { C } from './c.ts';`),
      file('c', `export * from './a';`),
      file('d', `import { a } from './a';`),
    ];
    expect(circles(files)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/a.ts']]);
  });

  test('lets a file name what it loads later', () => {
    const files = [
      file('a', `export const load = () => import('./b');`),
      file('b', `import type { load } from './a';`),
    ];
    expect(circles(files)).toEqual([]);
  });
});

describe('importsOf', () => {
  test('reads every form of import with its line', () => {
    const text = [
      `import a, { b } from './static';`,
      `import type { T } from './type';`,
      `export * from './reexport';`,
      `export type { U } from './reexported-type';`,
      `import './effect.css?inline';`,
      `const lazy = () => import('./dynamic');`,
      `const all = import.meta.glob(['./x/*.ts', './y/*.ts']);`,
      `new Worker(new URL('./work.ts', import.meta.url));`,
      `let later: import('./in-type').T;`,
      `import(name);`,
    ].join('\n');
    expect(importsOf('src/x.ts', text)).toEqual([
      { kind: 'static', specifier: './static', line: 1 },
      { kind: 'type', specifier: './type', line: 2 },
      { kind: 'static', specifier: './reexport', line: 3 },
      { kind: 'type', specifier: './reexported-type', line: 4 },
      { kind: 'static', specifier: './effect.css', line: 5 },
      { kind: 'dynamic', specifier: './dynamic', line: 6 },
      { kind: 'glob', specifier: './x/*.ts', line: 7 },
      { kind: 'glob', specifier: './y/*.ts', line: 7 },
      { kind: 'url', specifier: './work.ts', line: 8 },
      { kind: 'type', specifier: './in-type', line: 9 },
      { kind: 'dynamic', specifier: null, line: 10 },
    ]);
  });

  test('reads Svelte scripts and markup, Astro front matter and scripts, and MDX', () => {
    const svelte = `<script module>import './a';</script>\n<script lang="ts">\nimport './b';\n</script>\n{#await import('./c')}{/await}`;
    expect(importsOf('x.svelte', svelte).map((i) => [i.specifier, i.line])).toEqual([
      ['./a', 1],
      ['./b', 3],
      ['./c', 5],
    ]);
    const astro = `---\nimport A from './A.astro';\n---\n<A />\n<script>\n  import './client';\n</script>`;
    expect(importsOf('x.astro', astro).map((i) => [i.specifier, i.line])).toEqual([
      ['./A.astro', 2],
      ['./client', 6],
    ]);
    const mdx = `---\ntitle: T\n---\n\nimport W from '../src/W.svelte';\n\nWe import nothing.`;
    expect(importsOf('x.mdx', mdx).map((i) => [i.specifier, i.line])).toEqual([
      ['../src/W.svelte', 5],
    ]);
  });
});

describe('violations', () => {
  const forbidden: [path: string, text: string, sentence: string][] = [
    [
      'src/kit/charts/a.ts',
      `import '../../engine/client'`,
      'charts may not import engine: pass arrays',
    ],
    [
      'src/kit/charts/A.svelte',
      `<script>import type { W } from '../widget'</script>`,
      'charts may not import kit: pass arrays',
    ],
    [
      'src/kit/charts/a.ts',
      `import * as d3 from 'd3'`,
      'charts may not import the package d3: pass arrays',
    ],
    [
      'src/engine/step/a.ts',
      `import { mount } from 'svelte'`,
      'engine may not import the package svelte: the engine knows numbers alone',
    ],
    [
      'src/engine/step/a.ts',
      `export * from '../../kit/widget'`,
      'engine may not import kit: the engine knows numbers alone',
    ],
    [
      'src/engine/step/a.ts',
      `import fs from 'node:fs'`,
      'engine may not import node:fs: it runs in the browser',
    ],
    [
      'src/engine/step/a.ts',
      `import '../node'`,
      'src/engine/node runs in Node, and src/engine/step/a.ts in',
    ],
    [
      'src/kit/a.ts',
      `import '../registry/server'`,
      'src/registry/server runs in Node, and src/kit/a.ts in the browser',
    ],
    [
      'src/engine/step/step.ts',
      `import { f } from '../oracle/f'`,
      'only closed forms and tests may import the oracle',
    ],
    [
      'src/engine/a.ts',
      `export {}`,
      "only entries stand at the engine's top: put it into a room (spec, theory",
    ],
    ['src/engine/attic/a.ts', `export {}`, 'the engine has no room attic; its rooms are spec'],
    [
      'src/engine/step/a.ts',
      `import type { S } from '../statistics/statistic'`,
      'step may not import statistics: a room of the engine knows only those before it (spec, theory,',
    ],
    [
      'src/engine/step/a.ts',
      `import type { S } from '../types'`,
      'src/engine/types is an entry of the engine, which its rooms may not import',
    ],
    ['src/engine/step/a.ts', `import(name)`, 'an import must name its module by a plain string'],
    ['src/kit/a.ts', `const w = () => import('../widgets/x/widget')`, 'kit may not import widgets'],
    ['src/kit/a.ts', `import '../registry'`, 'kit may not import registry'],
    ['src/kit/a.ts', `import '../engine/step'`, 'kit may not import src/engine/step of the engine'],
    [
      'src/kit/a.ts',
      `import tf from '@tensorflow/tfjs-core'`,
      'kit may not import the package @tensorflow/tfjs-core',
    ],
    [
      'src/widgets/x/experiment.ts',
      `import '../y/experiment'`,
      'a widget may not import another widget',
    ],
    ['src/widgets/x/experiment.ts', `import '../../site/a'`, 'widgets may not import site'],
    [
      'src/widgets/x/experiment.ts',
      `import '@tensorflow/tfjs'`,
      'widgets may not import the package @tensorflow/tfjs',
    ],
    [
      'src/widgets/x/widget.ts',
      `import View from './View.svelte'`,
      'widget.ts may not import View.svelte: name it by () => import(…)',
    ],
    [
      'src/widgets/x/widget.ts',
      `import run from './experiment'`,
      'widget.ts may not import experiment: name it by () => import(…)',
    ],
    [
      'src/registry/index.ts',
      `import '../widgets/x/widget'`,
      'registry may not import a widget by name: find widgets by import.meta.glob',
    ],
    ['src/registry/index.ts', `import '../site/a'`, 'registry may not import site'],
    ['src/embed/frame.ts', `import '../site/a'`, 'embed may not import site'],
    ['src/embed/frame.ts', `import '../widgets/x/widget'`, 'embed may not import widgets'],
    [
      'src/site/A.astro',
      `---\nimport V from '../widgets/x/View.svelte';\n---`,
      'site may not import widgets: go through registry and kit',
    ],
    [
      'src/pages/a.astro',
      `---\nimport '../engine/step';\n---`,
      'site may not import src/engine/step of the engine',
    ],
    ['src/site/a.ts', `import '../embed/frame'`, 'site may not import embed'],
    ['src/site/a.ts', `import '../commands/build'`, 'src may not import commands'],
    ['src/kit/a.ts', `import '../../tests/support/files'`, 'src may not import tests'],
    [
      'content/a.mdx',
      `import W from '../src/site/W.astro'`,
      'content may not import: what a chapter needs is provided',
    ],
  ];
  test.each(forbidden)('%s may not contain %s', (path, text, sentence) => {
    const found = violations([{ path, text }]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${path}:`);
    expect(found[0]).toContain(sentence);
  });

  const allowed: [path: string, text: string][] = [
    [
      'src/kit/a.ts',
      `import { createEngineService } from '../engine/client'; import './charts/spec'`,
    ],
    [
      'src/kit/charts/A.svelte',
      `<script>import { scaleLog } from 'd3-scale'; import { tick } from 'svelte'; import './spec'</script>`,
    ],
    [
      'src/widgets/x/widget.ts',
      `import { defineWidget } from '../../kit/widget'; const e = () => import('./experiment'); import type { R } from './experiment'`,
    ],
    ['src/registry/index.ts', `import.meta.glob('../widgets/*/widget.ts')`],
    [
      'src/site/widget/Host.svelte',
      `<script>new Worker(new URL('../../engine/training.worker.ts', import.meta.url)); import '../../registry'</script>`,
    ],
    ['src/engine/closedForms.ts', `import './oracle/meanField'`],
    ['src/engine/run/a.ts', `import { loadTask } from '../tasks'; import './frame'`],
    ['src/engine/vite.ts', `import type { Plugin } from 'vite'`],
    ['src/commands/a.ts', `const root = new URL('../../', import.meta.url)`],
    ['src/engine/node.ts', `import { readFile } from 'node:fs/promises'`],
    ['tests/unit/a.test.ts', `import '../../src/engine/step'`],
  ];
  test.each(allowed)('%s may contain %s', (path, text) => {
    expect(violations([{ path, text }])).toEqual([]);
  });
});
