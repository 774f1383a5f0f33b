import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { root } from '../config/root.ts';

const eslint = new ESLint({ cwd: root, overrideConfigFile: 'tests/config/eslint.config.js' });

async function rulesBroken(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${root}${path}` });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

describe('lint forbids', () => {
  const restricted = 'no-restricted-syntax';
  const cases: [path: string, text: string, rule: string][] = [
    ['src/engine/x.ts', 'export const x = Math.random();', 'no-restricted-properties'],
    ['src/widgets/x/experiment.ts', 'export const x = Math.random();', 'no-restricted-properties'],
    ['src/engine/x.ts', 'export const x = crypto.randomUUID();', 'no-restricted-properties'],
    [
      'src/engine/x.ts',
      `import { randomNormal } from '@tensorflow/tfjs-core'; randomNormal([1]);`,
      restricted,
    ],
    [
      'src/engine/x.ts',
      `import { dropout } from '@tensorflow/tfjs-core/dist/ops/ops'; dropout();`,
      restricted,
    ],
    [
      'src/engine/x.ts',
      `import * as r from '@tensorflow/tfjs-core/dist/ops/random_uniform'; r;`,
      restricted,
    ],
    [
      'src/engine/x.ts',
      `import * as tf from '@tensorflow/tfjs'; tf.truncatedNormal([1]);`,
      restricted,
    ],
    ['src/widgets/x/experiment.ts', `import * as tf from 'tf'; tf.rand([1]);`, restricted],
    ['src/engine/x.ts', `import * as tf from 'tf'; tf.variable(x);`, restricted],
    ['src/engine/x.ts', `import * as tf from 'tf'; new tf.Variable(x);`, restricted],
    ['src/engine/x.ts', `import * as tf from 'tf'; tf.train.sgd(1);`, restricted],
    ['src/engine/x.ts', `import { train } from '@tensorflow/tfjs'; train.adam(1);`, restricted],
    ['src/engine/x.ts', `export const x = await wanted.data();`, restricted],
    ['src/engine/x.ts', `export const x = (await wanted!.data()) as Float32Array;`, restricted],
    ['src/engine/x.ts', `export const x = wanted.dataSync();`, restricted],
    [
      'src/widgets/x/widget.ts',
      `import { formatNumber } from '../../kit/format'; formatNumber(1);`,
      restricted,
    ],
    ['src/widgets/x/widget.ts', `export const x = (1).toLocaleString('en');`, restricted],
    ['src/widgets/x/widget.ts', `export const x = words.locale;`, restricted],
    [
      'src/widgets/x/View.svelte',
      `<script>const { locale } = useWords(); locale;</script>`,
      restricted,
    ],
    ['src/widgets/x/widget.ts', `export const x = new Intl.NumberFormat('en');`, restricted],
    ['src/widgets/x/widget.ts', `export const x = '1000 units a layer';`, restricted],
    ['src/widgets/x/widget.ts', 'export const x = `${a} a layer`;', restricted],
    ['src/kit/x.ts', `export const x = 'Seeds a network';`, restricted],
    ['src/kit/x.ts', `console.log('x');`, 'no-console'],
    ['src/kit/x.ts', `// TODO later`, 'no-warning-comments'],
    ['src/engine/x.ts', `document.title = 'x';`, 'no-restricted-globals'],
    ['src/kit/X.svelte', '<p style="color: red">x</p>', 'svelte/no-inline-styles'],
    ['src/kit/charts/X.svelte', '<p style:color="red">x</p>', 'svelte/no-inline-styles'],
    ['src/widgets/x/View.svelte', '<p style="color: red">x</p>', 'svelte/no-inline-styles'],
    ['tests/unit/x.test.ts', `test.only('x', () => {});`, 'no-restricted-properties'],
    ['tests/unit/x.test.ts', `test.skip('x', () => {});`, 'no-restricted-properties'],
  ];
  test.each(cases)('in %s: %s', async (path, text, rule) => {
    expect(await rulesBroken(path, text)).toContain(rule);
  });
});

describe('lint allows', () => {
  const cases: [path: string, text: string][] = [
    [
      'src/engine/x.ts',
      `import { grads, matMul } from '@tensorflow/tfjs-core/dist/ops/ops';\nexport { grads, matMul };\n`,
    ],
    ['src/engine/x.ts', `export const next = (rng: { normal(): number }) => rng.normal();\n`],
    [
      'src/engine/x.ts',
      `import { valuesOf } from './device';\nexport const x = await valuesOf(wanted);\n`,
    ],
    ['src/engine/backends/device.ts', `export const x = tensor.data();\n`],
    ['src/kit/X.svelte', '<svg><rect class="bar" fill="currentColor" /></svg>\n'],
    ['src/commands/x.ts', `console.log('x');\n`],
    ['tests/bench/x.ts', `import * as tf from '@tensorflow/tfjs';\ntf.train.sgd(1);\n`],
  ];
  test.each(cases)('in %s: %s', async (path, text) => {
    expect(await rulesBroken(path, text)).toEqual([]);
  });
});
