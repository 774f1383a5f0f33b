import type { LineChartSpec, Role } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { fromPublished, shownNetworks, type DiagramResult, type Totals } from './totals';
import { isCounted, type Layer } from './layers';
import { networks, rowOf } from './networks';
import { params, type DiagramSettings } from './params';
import { large, stageName } from './words';

/** The first network, and the one beside it. */
export const roles: readonly Role[] = ['problem', 'cure'];

/** What has been spent up to each layer that depth counts; what lies beside or between goes to the next. */
function spentSoFar(layers: readonly Layer[], cost: (layer: Layer) => number): number[] {
  let spent = 0;
  const sums: number[] = [];
  for (const layer of layers) {
    spent += cost(layer);
    // A projection stands behind its block, whose last layer it belongs to.
    if (isCounted(layer)) sums.push(spent);
    else if (layer.onShortcut) sums[sums.length - 1] = spent;
  }
  return sums;
}

const spending =
  (label: string, cost: (layer: Layer) => number, unit: number) =>
  (settings: DiagramSettings): LineChartSpec => ({
    kind: 'line',
    x: { label: 'Layers with weights, from the input', scale: 'linear', integer: true },
    y: { label, scale: 'linear' },
    series: shownNetworks(settings).map((network, index) => {
      const y = spentSoFar(network.layers, cost).map((spent) => spent / unit);
      return {
        id: `${index}`,
        label: networks[network.name].label,
        role: roles[index]!,
        mark: 'line',
        x: y.map((_, layer) => layer + 1),
        y,
      };
    }),
  });

/** The stage that costs most, with its share of the whole. */
function costliest({ stages }: Totals, cost: 'parameters' | 'multiplyAdds') {
  const whole = stages.reduce((sum, stage) => sum + stage[cost], 0);
  const most = stages.reduce((best, stage, i) => (stage[cost] > stages[best]![cost] ? i : best), 0);
  return { stage: most + 1, share: stages[most]![cost] / whole };
}

function totalsInWords(totals: Totals, settings: DiagramSettings, say: Say): string {
  const { label, published, block } = rowOf(totals.network);
  const variant =
    block !== 'bottleneck'
      ? ''
      : ` (stride in the ${settings.stride === 'first' ? 'first 1 × 1' : '3 × 3'})`;
  const paper =
    settings.inputSize === 224
      ? `; the published count is ${say.number(published)} billion, so this is ${say.fixed(100 * fromPublished(totals), 1, true)}% from it`
      : '';
  const parameters = costliest(totals, 'parameters');
  const multiplyAdds = costliest(totals, 'multiplyAdds');
  return (
    `${label} has ${say.count(totals.parameters)} parameters and ${large(totals.multiplyAdds, say)} ` +
    `multiply-adds${variant}${paper}. Its ${stageName(parameters.stage).toLowerCase()} holds ` +
    `${say.percent(parameters.share)} of the parameters, its ${stageName(multiplyAdds.stage).toLowerCase()} ` +
    `does ${say.percent(multiplyAdds.share)} of the work.`
  );
}

export default defineWidget<typeof params, DiagramResult>({
  id: 'resnet-diagram',
  version: 1,
  kind: 'closedForm',
  title: 'Every layer of VGG and ResNet',
  summary:
    'Seven networks, drawn layer by layer from one table, with the shape, the parameters and the multiply-adds of each.',
  chapter: 'networks-that-won',
  params,
  presets: {
    problem: preset('VGG-19 and ResNet-34', ''),
    cure: preset('plain-34 and ResNet-34', 'The same layers, without and with shortcuts.', {
      network: 'plain34',
    }),
    bottleneck: preset('ResNet-34 and ResNet-50', 'Blocks of two layers, and of three.', {
      network: 'resnet34',
      compare: 'resnet50',
    }),
    deepest: preset('ResNet-152', '', { network: 'resnet152', compare: 'none' }),
    strides: preset('ResNet-50, stride in the 3 × 3', 'As most libraries build it.', {
      network: 'resnet50',
      compare: 'none',
      stride: 'middle',
    }),
    published: preset('ResNet-50, as published', 'Stride in the first 1 × 1.', {
      network: 'resnet50',
      compare: 'none',
    }),
  },
  experiment: () => import('./experiment'),
  figures: [
    {
      id: 'multiplyAdds',
      title: 'Multiply-adds spent up to each layer',
      caption:
        'Where the curve is straight, each layer costs the same. In the residual networks that is nearly everywhere; VGG’s middle is steeper.',
      chart: spending('Multiply-adds so far, billions', ({ multiplyAdds }) => multiplyAdds, 1e9),
    },
    {
      id: 'parameters',
      title: 'Parameters spent up to each layer',
      caption:
        'Parameters come late, where there are many channels. VGG’s jump is its first fully connected layer.',
      chart: spending('Parameters so far, millions', ({ parameters }) => parameters, 1e6),
    },
  ],
  values: (_, { totals }) => {
    const [first, other] = totals;
    const named = ({ parameters, multiplyAdds, stages }: Totals, of: string) => ({
      [`${of}parameters`]: parameters,
      [`${of}multiplyAdds`]: multiplyAdds,
      [`${of}stageParameters`]: stages.map((stage) => stage.parameters),
      [`${of}stageMultiplyAdds`]: stages.map((stage) => stage.multiplyAdds),
    });
    return { ...named(first!, ''), ...(other && named(other, 'other.')) };
  },
  contrast: contrast('problem: multiplyAdds', 'cure: multiplyAdds', { smaller: 5 }),
  describe: (settings, { inputSize, totals }, say) => {
    const mended =
      inputSize !== settings.inputSize
        ? `A side of ${say.count(settings.inputSize)} cannot be halved five times; ${say.count(inputSize)} is the smallest that can, and is drawn. `
        : '';
    return (
      `${mended}On an image of ${say.count(inputSize)} × ${say.count(inputSize)} pixels: ` +
      totals.map((one) => totalsInWords(one, settings, say)).join(' ')
    );
  },
  prediction: {
    ask: 'VGG-19 has 19 layers with weights, ResNet-152 has 152. Which has more parameters?',
    replies: {
      'VGG-19': 'Yes, more than twice as many: 144 million against 60 million.',
      'ResNet-152':
        'It has 60 million, VGG-19 144 million. Width costs more than depth, and fully connected layers cost most.',
      'About the same': 'VGG-19 has 144 million, ResNet-152 has 60 million.',
    },
  },
  challenges: [
    {
      id: 'freeShortcuts',
      ask: 'Show ResNet-50 with shortcuts that have no parameters at all.',
      hint: 'Look under More settings.',
      solved: ({ network, compare, shortcut }) =>
        [network, compare].includes('resnet50') && shortcut === 'A',
    },
    {
      id: 'quarter',
      ask: 'Save about three quarters of ResNet-50’s multiply-adds; keep every layer and every channel.',
      hint: 'Each weight is used once at each place of its map.',
      solved: ({ inputSize, network, compare }) =>
        [network, compare].includes('resnet50') && Math.abs(inputSize - 112) <= 8,
    },
  ],
  view: () => import('./View.svelte'),
  drawing: 'The networks, layer by layer',
});
