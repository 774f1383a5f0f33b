import type { LineChartSpec, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { params, type PowerSettings } from './params';
import type { Powers } from './powers';

/** The largest of the norms, and the power that has it. */
function peak({ norms }: Powers): { power: number; norm: number } {
  const norm = Math.max(...norms);
  return { power: norms.indexOf(norm), norm };
}

/** The axis reaches by so much farther than the norms; the bound soon leaves it. */
const ROOM = 10;

function normChart({ powers }: PowerSettings, result: Powers): LineChartSpec {
  const x = Array.from({ length: powers + 1 }, (_, k) => k);
  const line = (id: string, label: string, role: Series['role'], y: number[]): Series => ({
    ...{ id, label, role, x, y },
  });
  const norms = result.norms.slice(0, powers + 1);
  const radii = x.map((k) => result.spectralRadius ** k);
  const [, first = NaN] = norms;
  const seen = [...norms, ...radii].filter((value) => value > 0);
  return {
    kind: 'line',
    x: { label: 'Power', scale: 'linear', integer: true, domain: [0, powers] },
    y: {
      label: 'Factor on the length of a vector',
      scale: 'log',
      domain: [Math.min(...seen) / ROOM, Math.max(...seen) * ROOM],
    },
    series: [
      { ...line('norm', 'most: the norm', 'problem', norms), mark: 'both' },
      line('least', 'least', 'neutral', result.least.slice(0, powers + 1)),
      line('radius', 'spectral radius to the power', 'theory', radii),
      line(
        'bound',
        'norm of W to the power: the bound',
        'theory',
        x.map((k) => first ** k),
      ),
    ],
    references: [{ axis: 'y', at: 1, label: 'keeps the length' }],
  };
}

export default defineWidget<typeof params, Powers>({
  id: 'matrix-powers',
  version: 1,
  kind: 'closedForm',
  title: 'One matrix, again and again',
  summary:
    'What the powers of a 2 × 2 matrix do to a circle: what its eigenvalues say, and what they do not say.',
  chapter: 'through-time',
  params,
  presets: {
    problem: preset(
      'Radius 0.9, grows a hundredfold',
      'Two eigenvectors that point almost the same way.',
    ),
    cure: preset('The same eigenvalues, normal', 'The eigenvectors stand at right angles.', {
      angle: 90,
    }),
    rotation: preset('Rotation', 'Every power keeps every length.', { form: 'pair' }),
    ellipse: preset(
      'Rotation on an ellipse',
      'Its eigenvalues have size 1, and its powers swing.',
      {
        ...{ form: 'pair', stretch: 10 },
      },
    ),
    single: preset(
      'One eigenvector',
      'The eigenvalue 0.9 twice, and one direction feeds the other.',
      {
        ...{ form: 'single', power: 9 },
      },
    ),
    nilpotent: preset(
      'Nilpotent',
      'Its only eigenvalue is 0: one power stretches, the next is exactly 0.',
      {
        ...{ form: 'single', eigenvalue: 0, coupling: 10, power: 1 },
      },
    ),
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The circle and its images',
  figures: [
    {
      id: 'norm',
      title: 'How much each power stretches',
      caption:
        'The most and the least by which Wᵏ changes the length of a vector. In the long run the slope is that of the spectral radius; on the way there only the bound holds. Where a line goes beyond the axis the table has its numbers.',
      chart: normChart,
    },
  ],
  values: ({ power }, result) => {
    const { power: peakPower, norm } = peak(result);
    return {
      spectralRadius: result.spectralRadius,
      spectralNorm: result.norms[1]!,
      largestNorm: norm,
      largestNormPower: peakPower,
      norm: result.norms[power]!,
      lastNorm: result.norms.at(-1)!,
      norms: result.norms,
    };
  },
  contrast: contrast('problem: largestNorm', 'cure: largestNorm', { smaller: 50 }),
  describe: (settings, result, say) => {
    const n = (value: number) => say.number(value);
    const { power } = settings;
    const { power: at, norm } = peak(result);
    const least = result.least[power]!;
    return (
      `W = (${result.matrix.slice(0, 2).map(n).join(', ')}; ${result.matrix.slice(2).map(n).join(', ')}) has the spectral radius ` +
      `${n(result.spectralRadius)} and the spectral norm ${n(result.norms[1]!)}. ` +
      `Its power ${say.count(power)} makes of the unit circle an ellipse with the half-axes ${n(result.norms[power]!)} and ${n(least)}. ` +
      `${verdict(at, norm, result, say)}`
    );
  },
  prediction: {
    ask: 'A matrix has the eigenvalues 0.9 and 0.7. What happens to the length of a vector that it is applied to again and again?',
    replies: {
      'It falls at every step: both are below 1':
        'That holds where the eigenvectors stand at right angles. Here they do not: look at the first powers.',
      'It falls in the end, and may grow before':
        'Yes. How much it grows depends on the angle between the eigenvectors.',
      'It grows without end': 'That takes an eigenvalue above 1 in size.',
    },
  },
  challenges: [
    {
      id: 'grow',
      ask: 'Let the powers of a matrix of spectral radius at most 0.5 reach a norm above 10, not before the power 2.',
      hint: 'One eigenvalue with one eigenvector: the norm of the power k is near k times the coupling times 0.5 to the power k − 1.',
      solved: (_, result) => {
        const { power, norm } = peak(result);
        return result.spectralRadius <= 0.5 && norm > 10 && power >= 2;
      },
    },
    {
      id: 'normal',
      ask: 'With two different real eigenvalues, make the norm of every power what the spectral radius says.',
      hint: 'For that the matrix has to be normal.',
      solved: ({ form, first, second }, { norms, spectralRadius }) =>
        form === 'real' &&
        first !== second &&
        spectralRadius > 0 &&
        norms.every((norm, k) => Math.abs(norm / spectralRadius ** k - 1) < 1e-6),
    },
  ],
});

/** What becomes of the norm, in one sentence. */
function verdict(at: number, norm: number, { norms, spectralRadius }: Powers, say: Say): string {
  const last = norms.at(-1)!;
  const end = `The last power shown has the norm ${say.number(last)}.`;
  if (norm <= 1 + 1e-9) return `No power stretches any vector. ${end}`;
  if (at === norms.length - 1)
    return `The norm grows up to the last power shown, to ${say.number(last)}.`;
  const falls = spectralRadius < 1 ? 'before it falls' : 'at most';
  return `The norm reaches ${say.number(norm)} at the power ${say.count(at)} ${falls}. ${end}`;
}
