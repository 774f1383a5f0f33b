import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../config/root';
import {
  findTorch,
  noTorch,
  runTorch,
  torchListings,
  type TorchCase,
  type TorchOutcome,
} from '../support/pythonTorch';

const listings = torchListings(readFileSync(`${root}content/guide.mdx`, 'utf8'));

/** What every listing of the guide takes from its reader: a network, a loss, an optimizer and a batch. */
const yours = (network: string) => `
x = torch.randn(40, 8)
y = (x[:, 0] > 0).long()
model = nn.Sequential(${network})
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
step = 7
`;
const healthy = 'nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 2)';
const vanishing = `${'nn.Linear(8, 8), nn.Sigmoid(), '.repeat(9)}nn.Linear(8, 2)`;
const normalized = 'nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 2)';
const backward = 'loss_fn(model(x), y).backward()\n';
/** A layer of the reader's, in Python. */
const layer = (name: string, output: string) =>
  `class ${name}(nn.Module):\n    def forward(self, x):\n        return ${output}\n`;
/** The length of a vector that is 0: its slope is infinite, and times 0 it is NaN. */
const rootOfZero = layer('Root', '((x * 0) ** 2).sqrt()');
const pole = layer('Pole', 'torch.log(x * 0)');

interface Expected {
  /** The listing's name in the guide. */
  of: string;
  /** What is at fault in the reader's network, as a sentence goes on: "finds …". */
  finds: string;
  before: string;
  after?: string;
  prints?: RegExp;
  raises?: RegExp;
}

const cases: Expected[] = [
  {
    of: 'norms',
    finds: 'a norm for each parameter',
    before: yours(healthy) + backward,
    after: 'norms(model)',
    prints: /^0\.weight +\d\.\de-\d\d +exactly 0: 0%\n0\.bias [^]*2\.bias /,
  },
  {
    of: 'norms',
    finds: 'what has no gradient, and what has a gradient of 0',
    before:
      yours(healthy) +
      'model[0].requires_grad_(False)\nmodel[2].weight.data *= 0\nmodel[2].bias.requires_grad_(False)\n' +
      'dead = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2))\n' +
      'dead[0].bias.data -= 100\nloss_fn(dead(x), y).backward()\n' +
      backward,
    after: 'norms(model)\nnorms(dead)',
    prints: /0\.weight +no gradient[^]*0\.weight +0\.0e\+00 +exactly 0: 100%/,
  },
  {
    of: 'ten',
    finds: 'that a healthy network learns ten examples',
    before: yours(healthy),
    prints: /^loss on ten examples: 0\.0/,
  },
  {
    of: 'ten',
    finds: 'that a vanishing one does not, and where its gradient is lost',
    before: yours(vanishing),
    prints: /^loss on ten examples: 0\.[5-9][^]*0\.weight +\d\.\de-(0[5-9]|1\d)/,
  },
  {
    of: 'ratios',
    finds: 'the constant factor of a vanishing gradient',
    before: yours(vanishing) + backward,
    prints: /^(\S+ +\d\.\de-\d\d +0\.\d{3} of the layer above\n){8}/,
  },
  {
    of: 'first',
    finds: 'the layer whose output is not finite',
    before: pole + yours(`nn.Linear(8, 8), nn.Tanh(), Pole(), nn.Linear(8, 2)`),
    after: 'print(first_not_finite(model, x))\nprint(len(model[0]._forward_hooks))',
    prints: /^2\n0\n$/,
  },
  {
    of: 'first',
    finds: 'nothing in a healthy network',
    before: yours(healthy),
    after: 'print(first_not_finite(model, x))',
    prints: /^None\n$/,
  },
  {
    of: 'backward',
    finds: 'the operation that returned NaN on the way back',
    before: rootOfZero + yours(`nn.Linear(8, 8), Root(), nn.Linear(8, 2)`),
    raises: /RuntimeError: Function '\w+Backward0' returned nan values/,
  },
  {
    of: 'save',
    finds: 'what is needed to repeat a step',
    before: yours(healthy) + 'import tempfile\npath = tempfile.mktemp()\n',
    after:
      'import os\nkept = torch.load(path)\nos.remove(path)\nprint(sorted(kept), kept["step"])\n' +
      'model.load_state_dict(kept["model"])\ntorch.set_rng_state(kept["rng"])',
    prints: /^\['model', 'optimizer', 'rng', 'step'\] 7\n$/,
  },
  {
    of: 'drift',
    finds: 'the largest output and the sizes of the weights',
    before: yours(healthy),
    after: 'model[2].weight.data *= 1000\ndrift(model, x)',
    prints: /^largest output \d{3,}[^]*2\.weight +norm \d{3,}\S* +largest \d{3}/,
  },
  {
    of: 'clip',
    finds: 'the norm before clipping, and makes the step',
    before:
      yours(healthy) + 'loss_fn(100 * model(x), y).backward()\nold = model[0].weight.clone()\n',
    after: 'print(bool((old != model[0].weight).any()))',
    prints: /^step 7 {2}norm \d+(\.\d+)? {2}clipped True\nTrue\n$/,
  },
  {
    of: 'clip',
    finds: 'a norm that is not finite, and stops before the step',
    before: yours(healthy) + backward + 'model[0].weight.grad[0, 0] = float("nan")\n',
    raises: /RuntimeError: step 7: the norm of the gradient is nan/,
  },
  {
    of: 'bad',
    finds: 'the parameters whose gradient is not finite',
    before: yours(healthy) + backward + 'model[0].weight.grad[0, 0] = float("inf")\n',
    prints: /^\['0\.weight'\]\n$/,
  },
  {
    of: 'loss',
    finds: 'a loss that is NaN',
    before: yours(healthy) + 'y = torch.full((40,), -100)\n',
    prints: /^nan False\n$/,
  },
  {
    of: 'targets',
    finds: 'a batch without a target',
    before: yours(healthy) + 'y = torch.full((40,), -100)\n',
    prints: /^0 targets\n$/,
  },
  {
    of: 'share',
    finds: 'the share of clipped steps',
    before: 'norm, threshold, clipped, steps = torch.tensor(3.0), 1.0, 18, 19\n',
    prints: /^clipped 95% of the steps\n$/,
  },
  {
    of: 'modes',
    finds:
      'that the modes differ with batch norm on a small batch, and leaves the network as it was',
    before: yours(normalized) + 'x, y = x[:2], y[:2]\nmean = model[1].running_mean.clone()\n',
    after: 'print(abs(training - using) > 0.01, bool((mean == model[1].running_mean).all()))',
    prints: /^training mode \d\.\d{3}, evaluation mode \d\.\d{3}\nTrue True\n$/,
  },
  {
    of: 'modes',
    finds: 'that they agree without anything that depends on the mode',
    before: yours(healthy),
    after: 'print(training == using)',
    prints: /\nTrue\n$/,
  },
  {
    of: 'float16',
    finds: 'the entries that float16 rounds to 0',
    before: yours(vanishing) + backward + 'model[0].weight.grad *= 1e-6\n',
    prints: /^0\.weight +float16 rounds (9\d|100)% to 0\n[^]*18\.bias +float16 rounds 0% to 0\n$/,
  },
  {
    of: 'range',
    finds: 'the largest activation of each layer',
    before: yours(healthy),
    after: 'model[0].weight.data *= 1e6\nlargest(model, x)\nprint(len(model[0]._forward_hooks))',
    prints: /^0 +\d\.\d+e\+06\n1 +1\n2 +\d\S*\n0\n$/,
  },
];

/** Definitions of the guide that later listings use. */
const defined = listings.get('norms') ?? '';

test('each PyTorch listing of the guide is run, and each case names one', () => {
  expect([...new Set(cases.map(({ of }) => of))].sort()).toEqual([...listings.keys()].sort());
});

const python = findTorch();

describe.skipIf(python === null)(`PyTorch, in ${python ?? `none: ${noTorch}`}`, () => {
  const named = cases.map((one, index) => ({ ...one, name: `${index} ${one.of}` }));
  let outcomes: Map<string, TorchOutcome> | undefined;
  /** All cases are run when the first of them is asked for. */
  const outcomeOf = (name: string): TorchOutcome => {
    outcomes ??= runTorch(
      python!,
      named.map(({ name, of, before, after = '' }): TorchCase => ({
        name,
        before: `${defined}\n${before}`,
        listing: listings.get(of)!,
        after,
      })),
    );
    return outcomes.get(name)!;
  };

  test.each(named)('the listing "$of" finds $finds', { timeout: 300_000 }, (one) => {
    const { printed, error } = outcomeOf(one.name);
    if (one.raises) expect(error).toMatch(one.raises);
    else {
      expect(error).toBe('');
      expect(printed).toMatch(one.prints!);
    }
  });
});

describe('a listing', () => {
  test('is taken where it is marked as PyTorch and has a name', () => {
    const text =
      '```python torch a\nx = 1\n```\n\n```python\ny = 2\n```\n\n```js torch b\nz\n```\n';
    expect([...torchListings(text)]).toEqual([['a', 'x = 1']]);
  });

  test('has a name of its own', () => {
    const one = '```python torch a\nx\n```\n\n';
    expect(() => torchListings(one + one)).toThrow('two listings are called "a".');
  });
});
