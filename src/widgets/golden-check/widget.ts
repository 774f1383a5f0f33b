import type { LineChartSpec } from '../../kit/charts/spec';
import { backendRoles } from '../../kit/backends';
import type { Say } from '../../kit/say';
import { contrast, defineWidget } from '../../kit/widget';
import { groups } from './groups';
import {
  cellsOf,
  checkedBackends,
  passed,
  percentOf,
  progressOf,
  worstShare,
  type CheckResult,
} from './outcome';
import { params, type CheckSettings } from './params';

function chart(_: CheckSettings, result: CheckResult, { words }: Say): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Row of the table', scale: 'linear', domain: [1, groups.length], integer: true },
    y: { label: 'Worst deviation ÷ tolerance', scale: 'log' },
    series: checkedBackends(result).map((backend) => {
      const run = result.cells[backend]!.flatMap((cell, row) =>
        cell === null ? [] : [{ x: row + 1, y: cell.share }],
      );
      return {
        id: backend,
        label: words.badge.names[backend],
        role: backendRoles[backend],
        mark: 'points',
        x: run.map(({ x }) => x),
        y: run.map(({ y }) => y),
      };
    }),
    references: [{ axis: 'y', at: 1, label: 'tolerance' }],
  };
}

function describe({ spoil }: CheckSettings, result: CheckResult, say: Say): string {
  const { badge, listAll } = say.words;
  const cells = cellsOf(result);
  const missing = result.backends
    .filter(({ available }) => !available)
    .map(({ backend, reason }) => ` ${badge.names[backend]} was not run: ${reason ?? ''}`);
  if (cells.length === 0) return `No case has been run yet.${missing.join('')}`;
  const failed = cells.filter((cell) => !passed(cell)).length;
  const backends = checkedBackends(result)
    .filter((backend) => cellsOf(result, backend).length > 0)
    .map((backend) => badge.names[backend]);
  const verdict =
    failed === 0
      ? `All ${say.count(cells.length)} checks passed`
      : `${say.count(failed)} of ${say.count(cells.length)} checks failed`;
  return (
    `${verdict}, on ${listAll(backends)}. The largest deviation is ` +
    `${shareInWords(worstShare(cells), say)} its tolerance.` +
    (spoil ? ' The reference was spoiled on purpose.' : '') +
    missing.join('')
  );
}

/** "3.1% of", or "99.9 times". */
const shareInWords = (share: number, say: Say): string =>
  share < 10 ? `${percentOf(share, say)} of` : percentOf(share, say);

export default defineWidget<typeof params, CheckResult>({
  id: 'golden-check',
  version: 1,
  kind: 'survey',
  title: 'Check on my device',
  summary:
    'Reference cases, computed in double precision by another program, run on every backend that your browser has.',
  chapter: 'how-it-computes',
  params,
  presets: {
    problem: { label: 'The true reference', params: {} },
    spoiled: {
      label: 'A spoiled reference',
      note: 'One number in each row is wrong by a thousandth, to show that the check can fail.',
      params: { spoil: true },
    },
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  progress: (_, result) => progressOf(result),
  figures: [
    {
      id: 'deviations',
      title: 'How near the tolerance',
      caption:
        'One point for each row and backend. What lies above the line at 1 has failed; a deviation of exactly 0 is marked at the lower edge.',
      chart,
    },
  ],
  describe,
  values: (_, result) => {
    const cells = cellsOf(result);
    return {
      checks: cells.length,
      failed: cells.filter((cell) => !passed(cell)).length,
      worst: worstShare(cells),
      capturedWorst: worstShare(cellsOf(result, 'captured')),
      wasmWorst: worstShare(cellsOf(result, 'wasm')),
      cpuWorst: worstShare(cellsOf(result, 'cpu')),
    };
  },
  contrast: contrast('problem: worst', 'spoiled: worst', { larger: 5 }),
});
