import type { HistogramSpec, LineChartSpec, Role } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { BINS, RANDOM, WAYS, type Plane, type Way } from './clip';
import { params, type PlaneSettings } from './params';
import { LABELS } from './words';

const ROLES: Record<Way, Role> = {
  globalNorm: 'cure',
  value: 'problem',
  perTensorNorm: 'control',
};

function normChart({ threshold }: PlaneSettings, result: Plane, say: Say): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Norm before', scale: 'linear', domain: [0, result.norms.at(-1)!] },
    y: { label: 'Norm after', scale: 'linear' },
    series: [
      ...WAYS.map((way) => ({
        ...{ id: way, label: LABELS[way].toLowerCase(), role: ROLES[way] },
        ...{ x: result.norms, y: result.ways[way].normAfter },
      })),
      {
        ...{ id: 'here', label: 'as drawn', role: 'neutral', mark: 'points' },
        x: WAYS.map(() => result.norm),
        y: WAYS.map((way) => result.ways[way].norm),
      },
    ],
    references: [{ axis: 'y', at: threshold, label: `C = ${say.number(threshold)}` }],
  };
}

function angleChart(_: PlaneSettings, { ways }: Plane, say: Say): HistogramSpec {
  return {
    kind: 'histogram',
    x: { label: 'Angle to the gradient, in degrees', scale: 'linear' },
    panels: WAYS.map((way) => ({
      label: LABELS[way],
      role: ROLES[way],
      edges: BINS,
      counts: ways[way].counts,
      note: `median ${say.number(rounded(ways[way].medianAngle))}°`,
    })),
  };
}

/** Degrees without the rounding errors of angles that are 0. */
const rounded = (degrees: number): number => (degrees < 1e-6 ? 0 : Number(degrees.toFixed(1)));

function describe({ threshold }: PlaneSettings, { norm, ways }: Plane, say: Say): string {
  if (norm === 0) return 'The gradient is zero, and stays so.';
  const each = WAYS.map((way) => {
    const { norm: after, angle } = ways[way];
    const turned = rounded(angle) === 0 ? 'not turned' : `turned by ${say.number(rounded(angle))}°`;
    return `${LABELS[way]} it is ${say.number(after)} long and ${turned}.`;
  });
  return `The gradient of both tensors together is ${say.number(norm)} long, the threshold ${say.number(threshold)}. ${each.join(' ')}`;
}

export default defineWidget<typeof params, Plane>({
  id: 'clip-plane',
  version: 1,
  kind: 'closedForm',
  title: 'Three ways to clip a gradient',
  summary:
    'A gradient of two tensors, drawn as two arrows: clipped by its global norm, by value and per tensor.',
  chapter: 'clipping',
  params,
  presets: {
    problem: preset('One large entry', 'It sticks out of a first tensor that is long itself.'),
    pair: preset('Both too long', 'Per tensor, the ratio of their lengths is lost.', {
      ...{ first1: 2.4, first2: 1.2, second1: -1, second2: 1 },
    }),
    diagonal: preset('All entries alike', 'Here the three differ in length alone.', {
      ...{ first1: 2, first2: 2, second1: -2, second2: 2 },
    }),
    tiny: preset('A tiny threshold', 'By value, little more than the signs is left.', {
      threshold: 0.1,
    }),
    below: preset('Below the threshold', 'Nothing is clipped.', { threshold: 3 }),
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The arrows of the gradient',
  figures: [
    {
      id: 'norm',
      title: 'Norm after clipping, against the norm before',
      caption:
        'The same gradient made longer and shorter. By the global norm it is flat from C on; the other two still grow there.',
      chart: normChart,
    },
    {
      id: 'angles',
      title: 'How far random gradients are turned',
      caption:
        'Two thousand gradients of four normally distributed entries, as long as the drawn one in the root mean square. The same ones each time.',
      chart: angleChart,
    },
  ],
  values: (_, { norm, ways }) => ({
    norm,
    ...Object.assign(
      {},
      ...WAYS.map((way) => ({
        [`${way}.norm`]: ways[way].norm,
        [`${way}.angle`]: ways[way].angle,
        [`${way}.medianAngle`]: ways[way].medianAngle,
        [`${way}.largestAngle`]: ways[way].largestAngle,
        [`${way}.turnedShare`]: 1 - ways[way].counts[0]! / RANDOM,
      })),
    ),
  }),
  contrast: contrast('problem: value.angle', 'problem: globalNorm.angle', { smaller: 1e6 }),
  describe,
  prediction: {
    ask: 'One entry of a gradient is far larger than the others, and each entry is limited to the threshold by itself. What happens to the direction?',
    replies: {
      'It stays: every entry is limited alike':
        'The limit is the same, but only the large entry loses anything. Look at the angle.',
      'It turns towards the large entry': 'The large entry is the one that shrinks. Look again.',
      'It turns away from the large entry':
        'Yes: the large entry shrinks and the others keep their size.',
    },
  },
  challenges: [
    {
      id: 'right-angle',
      ask: 'Turn a gradient by more than 45° by limiting its values.',
      hint: 'One entry large, the others near the threshold.',
      solved: (_, { ways }) => ways.value.angle > 45,
    },
    {
      id: 'per-tensor-keeps',
      ask: 'Find a gradient that clipping per tensor shortens and does not turn.',
      hint: 'Both tensors have to be shortened by the same factor.',
      solved: (_, { norm, ways }) =>
        ways.perTensorNorm.norm < 0.99 * norm && ways.perTensorNorm.angle < 0.5,
    },
  ],
});
