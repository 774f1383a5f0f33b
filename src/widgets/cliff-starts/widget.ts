import type { LineChartSpec, Role, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { trainedBy } from '../../kit/trainedBy';
import { ARRIVED, FLUNG, STUCK, type Outcome } from './outcome';
import { params, type StartsSettings } from './params';
import { BOXES, EVERY, THRESHOLDS } from './plan';
import type { StartsResult } from './result';

type Share = 'arrivedShare' | 'flungShare';

const plain = ({ outcomes }: StartsResult): Outcome | undefined => outcomes[0];
const clipped = ({ outcomes }: StartsResult): Outcome[] => outcomes.slice(1);
const at = (result: StartsResult, threshold: number): Outcome | undefined =>
  clipped(result).find((one) => one.threshold === threshold);

function shareChart(_: StartsSettings, result: StartsResult): LineChartSpec {
  const series = (share: Share, label: string, role: Role): Series[] => [
    {
      ...{ id: share, label, role, mark: 'both' },
      x: clipped(result).map(({ threshold }) => threshold!),
      y: clipped(result).map((one) => one[share]),
    },
  ];
  const level = (share: Share, label: string) => {
    const found = plain(result);
    return found ? [{ axis: 'y' as const, at: found[share], label: `${label}, no clipping` }] : [];
  };
  return {
    kind: 'line',
    x: {
      ...{ label: 'Threshold C', scale: 'log' },
      domain: [THRESHOLDS[0]!, THRESHOLDS.at(-1)!],
    },
    y: { label: 'Share of the starts', scale: 'linear', domain: [0, 1] },
    series: [
      ...series('arrivedShare', 'arrived', 'cure'),
      ...series('flungShare', 'flung', 'problem'),
    ],
    references: [...level('arrivedShare', 'arrived'), ...level('flungShare', 'flung')],
  };
}

function startsChart({ where }: StartsSettings, { starts }: StartsResult): LineChartSpec {
  const { weight, bias, weightSpread, biasSpread } = BOXES[where];
  const series = (id: string, label: string, role: Role, flung: boolean): Series => {
    const some = starts.filter((start) => start.flung === flung);
    return {
      ...{ id, label, role, mark: 'points' },
      x: some.map((start) => start.weight),
      y: some.map((start) => start.bias),
    };
  };
  return {
    kind: 'line',
    x: {
      ...{ label: 'Weight w', scale: 'linear' },
      domain: [weight - weightSpread, weight + weightSpread],
    },
    y: { label: 'Bias b', scale: 'linear', domain: [bias - biasSpread, bias + biasSpread] },
    series: [series('flung', 'flung', 'problem', true), series('kept', 'not flung', 'cure', false)],
  };
}

function describe(settings: StartsSettings, result: StartsResult, say: Say): string {
  const none = plain(result);
  if (none === undefined) return '';
  const told = (one: Outcome) =>
    `${say.percent(one.arrivedShare)} arrived and ${say.percent(one.flungShare)} were flung`;
  const each = clipped(result).map((one) => `at C = ${say.number(one.threshold!)}, ${told(one)}`);
  return (
    `Of ${say.count(settings.starts)} starts, without clipping ${told(none)}; ` +
    `${say.percent(none.stuckShare)} ended with a loss above ${say.number(STUCK)}. ` +
    (each.length > 0 ? `With it, ${each.join('; ')}. ` : '') +
    `Arrived: a loss below ${say.number(ARRIVED)} after ${say.count(settings.steps)} steps. ` +
    `Flung: moved by more than ${say.number(FLUNG)} within ${say.count(EVERY)} steps.` +
    trainedBy(result.backend, say)
  );
}

/** Thresholds that have named values. */
const NAMED = { half: 0.5, tenth: 0.1, hundredth: 0.01, thirty: 30 } as const;

const sharesOf = (name: string, one: Outcome | undefined) => ({
  [`${name}.arrivedShare`]: one?.arrivedShare ?? NaN,
  [`${name}.stuckShare`]: one?.stuckShare ?? NaN,
  [`${name}.flungShare`]: one?.flungShare ?? NaN,
});

export default defineWidget<typeof params, StartsResult>({
  id: 'cliff-starts',
  version: 1,
  kind: 'survey',
  title: 'A thousand descents at a cliff',
  summary:
    'A thousand random starts descend at once, without clipping and with five thresholds: how many arrive?',
  chapter: 'clipping',
  params,
  presets: {
    problem: preset('Rate 0.2', 'A thousand starts about the wall.'),
    slow: preset('Rate 0.1', '', { learningRate: 0.1 }),
    slower: preset('Rate 0.05', '', { learningRate: 0.05 }),
    far: preset('A thinner wall', 'Starts with w from 6 to 6.6; rate 0.1.', {
      ...{ where: 'far', learningRate: 0.1 },
    }),
  },
  experiment: () => import('./experiment'),
  progress: (_, { outcomes }) => ({ done: outcomes.length, total: 1 + THRESHOLDS.length }),
  recorded: (result) => ({ ...result, backend: null }),
  figures: [
    {
      id: 'shares',
      title: 'How many arrive, by threshold',
      caption:
        'Too high a threshold lets descents be flung; too low a one keeps them from arriving in the steps that they have.',
      chart: shareChart,
    },
    {
      id: 'starts',
      title: 'Without clipping: who is flung',
      caption:
        'Some of the starts in the plane of weight and bias. Whether one is flung depends on where its steps happen to fall on the wall.',
      chart: startsChart,
    },
  ],
  values: (_, result) => ({
    ...sharesOf('none', plain(result)),
    ...Object.assign(
      {},
      ...Object.entries(NAMED).map(([name, threshold]) => sharesOf(name, at(result, threshold))),
    ),
  }),
  contrast: contrast('problem: none.arrivedShare', 'problem: half.arrivedShare', { larger: 2 }),
  describe,
});
