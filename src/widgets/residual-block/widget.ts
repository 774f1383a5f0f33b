import type { LineChartSpec, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, grouped, preset } from '../../kit/widget';
import { blockAt, type Block, type BlockAt, type Chain } from './block';
import { params, X_RANGE, type BlockSettings } from './params';

const POINTS = 241;
/** A steep block leaves the plot rather than press the others flat. */
const Y_RANGE: [number, number] = [-3, 3];

const inputs = (): number[] =>
  Array.from(
    { length: POINTS },
    (_, i) => X_RANGE[0] + (i * (X_RANGE[1] - X_RANGE[0])) / (POINTS - 1),
  );

const derivatives = (settings: BlockSettings): number[] =>
  inputs().map((x) => blockAt(settings, x).derivative);

/** What the derivative is called. */
const nameOf = ({ form }: BlockSettings): string =>
  form === 'postActivation' ? 'φ′(x + F)(1 + F′)' : '1 + F′';

export default defineWidget<typeof params, Block>({
  id: 'residual-block',
  version: 1,
  kind: 'closedForm',
  title: 'One residual block and its derivative',
  summary:
    'A block of one unit with and without its sum. Move x along it, and follow both through a chain of equal blocks.',
  chapter: 'residual-connections',
  params,
  presets: {
    ...grouped('A branch of tanh', {
      problem: preset('Slope above 1', 'F adds ½ tanh x, so the sum climbs by more than x.'),
      below: preset('Below 1', 'F = −½ tanh x: the branch takes a part of x away.', { w2: -0.5 }),
      zero: preset('Exactly 0', 'F = −tanh x at x = 0: the branch cancels x.', { w2: -1, x: 0 }),
      negative: preset('Below 0', 'F = −2 tanh x at x = 0: the branch turns the sign around.', {
        w2: -2,
        x: 0,
      }),
      identity: preset('A branch of zeros', 'w₂ = 0: the block hands on x, and its slope is 1.', {
        w2: 0,
      }),
    }),
    ...grouped('Where the ReLU stands', {
      postOff: preset('Post-activation, off', 'ReLU after the sum, and the sum is negative.', {
        form: 'postActivation',
        activation: 'relu',
        x: -1,
      }),
      cure: preset('Pre-activation', 'ReLU inside F: where it is off, x still passes.', {
        form: 'preActivation',
        activation: 'relu',
        x: -1,
      }),
    }),
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The block with its numbers',
  figures: [
    {
      id: 'block',
      title: 'Output and derivative',
      caption:
        'Both of them over x, with the sum and without. Shaded is where the derivative with the sum is below 1.',
      chart: blockChart,
    },
    {
      id: 'product',
      title: 'The derivative through a chain of such blocks',
      caption:
        'Size of ∂x_l/∂x₀, the product of the derivatives of the first l blocks, each at the x that it receives.',
      chart: (_, result) =>
        overChain('Size of ∂x_l/∂x₀', 'log', result, ({ product }) => product.map(Math.abs)),
    },
    {
      id: 'signal',
      title: 'The signal through the chain',
      caption: 'What each block hands to the next, from the input x₀ on.',
      chart: (_, result) => overChain('x_l', 'linear', result, ({ signal }) => signal),
    },
  ],
  values: (settings, result) => {
    const slopes = derivatives(settings);
    const shareOf = (is: (slope: number) => boolean) => slopes.filter(is).length / slopes.length;
    return {
      output: result.output,
      branch: result.branch,
      branchDerivative: result.branchDerivative,
      derivative: result.derivative,
      plainDerivative: result.plainDerivative,
      chainDerivative: result.residual.product.at(-1)!,
      plainChainDerivative: result.plain.product.at(-1)!,
      smallestDerivative: Math.min(...slopes),
      largestDerivative: Math.max(...slopes),
      shareBelowOne: shareOf((slope) => slope < 1),
      shareBelowZero: shareOf((slope) => slope < 0),
    };
  },
  contrast: contrast('problem: plainChainDerivative', 'problem: chainDerivative', { larger: 1e3 }),
  describe: (settings, result, say) => {
    const n = (value: number) => say.number(value);
    const [low, high] = [Math.min, Math.max].map((of) => n(of(...derivatives(settings))));
    const [residual, plain] = [result.residual, result.plain].map(({ product }) =>
      n(product.at(-1)!),
    );
    return (
      `At x = ${n(settings.x)} the branch gives F = ${n(result.branch)} with F′ = ${n(result.branchDerivative)}. ` +
      `The derivative ${nameOf(settings)} is ${n(result.derivative)}: ${verdict(result)}. ` +
      `Without the sum the derivative is ${n(result.plainDerivative)}. ` +
      `For x from ${n(X_RANGE[0])} to ${n(X_RANGE[1])} the derivative with the sum lies between ${low} and ${high}. ` +
      `Through ${say.count(settings.blocks)} blocks it is ${residual}, without the sums ${plain}.`
    );
  },
  prediction: {
    ask: 'The branch of a residual block is F(x) = −½ tanh x. What is the derivative of x + F(x) at x = 0?',
    replies: {
      'Above 1: the sum adds a 1':
        'It adds a 1 to F′, and F′ is −½ here. Try the preset “Below 1”.',
      'Exactly 1': 'That would need F′ = 0. Try the preset “A branch of zeros”.',
      'One half': 'Yes: 1 + F′ = 1 − ½. The preset “Below 1” shows it; move x to 0.',
    },
  },
  challenges: [
    {
      id: 'cancel',
      ask: 'With ReLU and the sum alone, make the derivative exactly 0 at an x where the unit is on.',
      hint: 'There F′ is w₁w₂.',
      solved: ({ form, activation }, { derivative, branchDerivative }) =>
        form === 'sum' && activation === 'relu' && derivative === 0 && branchDerivative !== 0,
    },
    {
      id: 'level',
      ask: 'Start at x = 0 with tanh and the bias 0. Let 60 blocks with F′ ≠ 0 keep the derivative between ½ and 2.',
      hint: '(1 + F′)⁶⁰ has to stay near 1, so F′ has to be about 1/60.',
      solved: ({ form, activation, blocks, x, b }, { branchDerivative, residual }) => {
        const whole = residual.product.at(-1)!;
        return (
          form === 'sum' &&
          activation === 'tanh' &&
          blocks === 60 &&
          x === 0 &&
          b === 0 &&
          branchDerivative !== 0 &&
          whole >= 0.5 &&
          whole <= 2
        );
      },
    },
    {
      id: 'vanish',
      ask: 'Make the gradient vanish through residual blocks: less than a millionth is left, and not exactly 0.',
      hint: 'Factors below 1 are enough, if there are many.',
      solved: (_, { residual }) => {
        const whole = Math.abs(residual.product.at(-1)!);
        return whole > 0 && whole < 1e-6;
      },
    },
  ],
});

/** How the derivative stands to 1 and to 0. */
function verdict({ derivative }: BlockAt): string {
  if (derivative < 0) return 'below 0, so a gradient comes out with its sign turned around';
  if (derivative === 0) return 'nothing of a gradient passes';
  if (derivative < 1) return 'below 1, so a gradient comes out smaller';
  return derivative === 1 ? 'a gradient passes as it is' : 'above 1, so a gradient grows';
}

function blockChart(settings: BlockSettings, result: Block, say: Say): LineChartSpec {
  const x = inputs();
  const at = x.map((value) => blockAt(settings, value));
  const line = (id: string, label: string, role: Series['role'], of: (one: BlockAt) => number) => ({
    ...{ id, label, role, x },
    y: at.map(of),
  });
  const below = (end: (slope: number) => number) =>
    at.map(({ derivative }) => (derivative < 1 ? end(derivative) : NaN));
  return {
    kind: 'line',
    x: { label: 'x', scale: 'linear', domain: X_RANGE },
    y: { label: 'Output, derivative', scale: 'linear', domain: Y_RANGE },
    series: [
      line('output', 'output', 'neutral', ({ output }) => output),
      line('plain-output', 'output without the sum', 'accent', (one) => one.plainOutput),
      {
        ...line('derivative', `derivative ${nameOf(settings)}`, 'cure', (one) => one.derivative),
        band: { low: below((slope) => slope), high: below(() => 1), shade: true },
      },
      line('plain', 'derivative without the sum', 'problem', (one) => one.plainDerivative),
      {
        id: 'here',
        label: 'at x',
        role: 'control',
        mark: 'points',
        x: [settings.x, settings.x, settings.x, settings.x],
        y: [result.output, result.derivative, result.plainOutput, result.plainDerivative],
      },
    ],
    references: [
      { axis: 'y', at: 1, label: 'keeps its size' },
      { axis: 'x', at: settings.x, label: `x = ${say.number(settings.x)}` },
    ],
  };
}

/** Something of both chains, block by block. */
function overChain(
  label: string,
  scale: 'linear' | 'log',
  { residual, plain }: Block,
  numbers: (chain: Chain) => number[],
): LineChartSpec {
  const series = (id: string, name: string, role: Series['role'], chain: Chain): Series => {
    const y = numbers(chain);
    return { id, label: name, role, mark: 'both', x: y.map((_, l) => l), y };
  };
  return {
    kind: 'line',
    x: { label: 'Blocks l', scale: 'linear', integer: true },
    y: { label, scale },
    series: [
      series('residual', 'with the sums', 'cure', residual),
      series('plain', 'without the sums', 'problem', plain),
    ],
  };
}
