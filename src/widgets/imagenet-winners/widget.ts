import type { LineChartSpec, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import type { WinnersResult } from './experiment';
import { published } from './published';
import { params, type WinnersSettings } from './params';
import {
  annotators,
  entries,
  milestones,
  READ,
  residual,
  withoutShortcuts,
  type OneNetwork,
} from './results';

/** Entries without extra data, by which years can be compared. */
const compared = entries.filter(({ extraData }) => !extraData);
const winners = compared.filter(({ won }) => won);

const networksSeries = (
  id: string,
  label: string,
  own: Pick<Series, 'role' | 'mark'>,
  networks: readonly OneNetwork[],
): Series => ({
  ...{ id, label, ...own },
  names: networks.map(({ name }) => name),
  x: networks.map(({ layers }) => layers),
  y: networks.map(({ error }) => error),
});

/** Top-5 error against layers: of single networks under one protocol, and of the entries that won. */
function depthChart(): LineChartSpec {
  const entered = winners.flatMap(({ name, layers, error }) =>
    layers === null ? [] : [{ name: name === 'GoogLeNet' ? '7 GoogLeNets' : name, layers, error }],
  );
  return {
    kind: 'line',
    x: { label: 'Layers with weights', scale: 'log', domain: [6, 220] },
    y: { label: 'Top-5 error, percent', scale: 'linear', domain: [0, 20] },
    series: [
      networksSeries(
        'withoutShortcuts',
        'one network, no shortcuts',
        { role: 'problem', mark: 'points' },
        withoutShortcuts,
      ),
      networksSeries('residual', 'one residual network', { role: 'cure', mark: 'both' }, residual),
      networksSeries('entries', 'winning ensembles', { role: 'neutral', mark: 'points' }, entered),
    ],
  };
}

/** Accuracy against parameters, with and without extra data. */
function sizeChart(): LineChartSpec {
  const series = (id: string, label: string, role: Series['role'], extra: boolean): Series => {
    const known = milestones.filter(
      ({ parameters, extraData }) => parameters !== null && (extraData !== '') === extra,
    );
    return {
      ...{ id, label, role, mark: 'points' },
      names: known.map(({ name }) => name),
      x: known.map(({ parameters }) => parameters!),
      y: known.map(({ accuracy }) => accuracy),
    };
  };
  return {
    kind: 'line',
    x: { label: 'Parameters, millions', scale: 'log', domain: [30, 6000] },
    y: { label: 'Top-1 accuracy, percent', scale: 'linear', domain: [55, 95] },
    series: [
      series('own', 'the challenge’s images alone', 'control', false),
      series('extra', 'with extra data', 'accent', true),
    ],
  };
}

function winnersInWords(say: Say): string {
  const [first, last] = [winners[0]!, winners.at(-1)!];
  const persons = annotators.map(
    ({ error, practised, images }) =>
      `${published(error, say)}% on ${say.count(images)} images after ${say.count(practised)} for practice`,
  );
  return (
    `From ${first.year} to ${last.year} the winner’s top-5 error fell from ${published(first.error, say)}% ` +
    `(${first.name}) to ${published(last.error, say)}% (${last.name}), without extra data. Two persons had ` +
    `${say.words.listAll(persons)}.`
  );
}

function sinceInWords(say: Say): string {
  const own = milestones.filter(({ extraData }) => extraData === '');
  const best = (list: typeof milestones) =>
    list.reduce((top, one) => (one.accuracy > top.accuracy ? one : top));
  const [alone, any] = [best(own), best(milestones)];
  return (
    `Top-1 accuracy of single networks as their papers report it, read up to ${READ}. On the challenge’s images ` +
    `alone the highest of this list is ${published(alone.accuracy, say)}% (${alone.name}), with extra data ` +
    `${published(any.accuracy, say)}% (${any.name}). Crops and resolutions differ from paper to paper.`
  );
}

export default defineWidget<typeof params, WinnersResult>({
  id: 'imagenet-winners',
  version: 1,
  kind: 'closedForm',
  title: 'Published results on ImageNet',
  summary:
    'The challenge’s winners from 2010 to 2017 with what each averaged and saw, and results of single networks since.',
  chapter: 'networks-that-won',
  params,
  presets: {
    problem: preset('The challenge', '2010 to 2017.'),
    since: preset('Since then', 'Single networks, up to 2024.', { show: 'since' }),
  },
  experiment: () => import('./experiment'),
  figures: [
    {
      id: 'depth',
      title: 'Error against depth',
      caption:
        'Read it from left to right and depth helps; read it from top to bottom, and at equal depth something else does. The single networks average ten crops of a validation image; the ensembles were scored on the test set.',
      chart: depthChart,
      shown: ({ show }: WinnersSettings) => show === 'winners',
    },
    {
      id: 'size',
      title: 'Accuracy against parameters',
      caption:
        'At equal size the newer network is the better one, and beyond 85 percent nearly all have seen more than the challenge’s images.',
      chart: sizeChart,
      shown: ({ show }: WinnersSettings) => show === 'since',
    },
  ],
  values: () => ({
    firstError: winners[0]!.error,
    lastError: winners.at(-1)!.error,
    plainError: withoutShortcuts.at(-1)!.error,
    residualError: residual.at(-1)!.error,
    annotatorErrors: annotators.map(({ error }) => error),
  }),
  contrast: contrast('problem: firstError', 'problem: lastError', { smaller: 10 }),
  describe: ({ show }, _, say) => (show === 'winners' ? winnersInWords(say) : sinceInWords(say)),
  view: () => import('./View.svelte'),
  drawing: 'The table of the chosen results',
});
