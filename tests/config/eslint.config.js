import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const randomOps = [
  'randomNormal',
  'randomUniform',
  'randomUniformInt',
  'randomGamma',
  'randomStandardNormal',
  'truncatedNormal',
  'multinomial',
  'dropout',
  'rand',
];
const hiddenState = [
  'Variable',
  'variable',
  'variableGrads',
  'train',
  'Optimizer',
  'OptimizerConstructors',
  'SGDOptimizer',
  'MomentumOptimizer',
  'RMSPropOptimizer',
  'AdamOptimizer',
  'AdamaxOptimizer',
  'AdagradOptimizer',
  'AdadeltaOptimizer',
];
const noRandomOps =
  "tf's random ops cannot be repeated from a seed: draw from src/engine's seeded generator.";
const noHiddenState =
  "tf.Variable and tf.train update where no backend sees it, and differ from the papers' formulas: write the step in ops.";
const any = (names) => `/^(${names.join('|')})$/`;

/** Readers are told of rates by "per layer"; "a layer" reads as if a layer followed. */
const perLayer = [
  String.raw`[value=/(\d|[Ff]actor|[Uu]nits?|[Ll]ayers?|[Ss]teps|[Ss]eeds|[Qq]uarter|[Tt]hird|[Hh]alf) an? (layer|unit|block|branch|network|second|step|seed)\b/]`,
  '[value.raw=/^ an? (layer|unit|block|branch|network|second|time step)\\b/]',
].map((texts, k) => ({
  selector: `${['Literal', 'TemplateElement'][k]}${texts}`,
  message: 'Say "per layer", and so on: this is read as a new noun.',
}));

/** Bans that keep every run a pure function of its specification. */
const deterministic = {
  'no-restricted-properties': [
    'error',
    {
      object: 'Math',
      property: 'random',
      message: 'The same URL must give the same run: draw from the seeded generator.',
    },
    ...['getRandomValues', 'randomUUID'].map((property) => ({
      object: 'crypto',
      property,
      message: 'The same URL must give the same run: draw from the seeded generator.',
    })),
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: `ImportDeclaration[source.value=/tensorflow/] ImportSpecifier[imported.name=${any(randomOps)}]`,
      message: noRandomOps,
    },
    {
      selector: `ImportDeclaration[source.value=/tensorflow.*(rand|multinomial|truncated_normal|dropout)/]`,
      message: noRandomOps,
    },
    {
      selector: `MemberExpression[property.name=${any(randomOps.slice(0, 7))}]`,
      message: noRandomOps,
    },
    {
      selector: `MemberExpression[object.name=/^tfc?$/][property.name=${any(randomOps)}]`,
      message: noRandomOps,
    },
    {
      selector: `ImportDeclaration[source.value=/tensorflow/] ImportSpecifier[imported.name=${any(hiddenState)}]`,
      message: noHiddenState,
    },
    {
      selector: `ImportDeclaration[source.value=/tensorflow.*(optimizer|layers)/]`,
      message: noHiddenState,
    },
    {
      selector: `MemberExpression[object.name=/^tfc?$/][property.name=${any(hiddenState)}]`,
      message: noHiddenState,
    },
  ],
};

const unwatchedRead = {
  selector: `CallExpression[arguments.length=0][callee.property.name=/^(data|dataSync|array|arraySync|bytes|bytesSync)$/]`,
  message:
    "After a lost context tfjs's own reads never settle, or return zeros: read by valuesOf of src/engine/backends/device.ts.",
};

const byLocale =
  'Numbers and words come by the reader’s locale: use the `say` that the kit hands over (src/kit/say.ts).';

/** A widget names no locale and calls no formatter with one. */
const noLocale = [
  {
    selector: `ImportDeclaration[source.value=/kit.(format|charts.numbers)$/]`,
    message: byLocale,
  },
  {
    selector: `MemberExpression[property.name=/^(toLocale.*|locale|language)$/]`,
    message: byLocale,
  },
  {
    selector: `ObjectPattern > Property[key.name='locale'][value.name='locale']`,
    message: byLocale,
  },
  { selector: `Identifier[name='Intl']`, message: byLocale },
];

export default ts.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.astro/',
      'test-results/',
      '**/*.generated.*',
      '**/assembly/',
      'src/engine/capture/build/',
      'tests/unit/fixtures/',
      'tests/content/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  ...astro.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node, ...globals.worker } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-constant-binary-expression': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  // TypeScript itself knows undefined names, and knows them better.
  { files: ['**/*.{ts,svelte,astro}', '**/*.svelte.ts'], rules: { 'no-undef': 'off' } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // Sets and maps in $state.raw are replaced, never changed; the rule cannot tell.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/commands/**', 'src/engine/data/pack.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // The one who reads a host page's console is the one who wrote the wrong attribute.
    files: ['src/embed/**'],
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  {
    files: ['src/engine/**', 'src/widgets/**'],
    rules: deterministic,
  },
  {
    files: ['src/widgets/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...deterministic['no-restricted-syntax'].slice(1),
        ...noLocale,
        ...perLayer,
      ],
    },
  },
  {
    files: ['src/kit/**'],
    rules: { 'no-restricted-syntax': ['error', ...perLayer] },
  },
  {
    files: ['src/engine/**'],
    ignores: ['src/engine/backends/device.ts'],
    rules: {
      'no-restricted-syntax': [...deterministic['no-restricted-syntax'], unwatchedRead],
    },
  },
  {
    // WebGL without OffscreenCanvas takes a canvas of the page; nothing else of a page is known.
    files: ['src/engine/**'],
    ignores: ['src/engine/backends/webgl.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'localStorage', 'sessionStorage'].map((name) => ({
          name,
          message: 'The engine runs in a worker and in Node: it knows no page.',
        })),
      ],
    },
  },
  {
    // Embed pages forbid inline styles by policy, and what embeds show is made of these.
    files: ['src/{kit,widgets,embed,site/widget}/**/*.svelte'],
    rules: { 'svelte/no-inline-styles': 'error' },
  },
  {
    files: ['tests/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['test', 'it', 'describe', 'suite'].flatMap((object) => [
          { object, property: 'only', message: 'A focused test hides the others.' },
          {
            object,
            property: 'skip',
            message: 'A test that does not run cannot fail: mend or delete it.',
          },
        ]),
      ],
    },
  },
);
