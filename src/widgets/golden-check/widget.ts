import type { LineChartSpec, Role } from '../../kit/charts/spec';
import type { BackendName } from '../../engine/types';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget } from '../../kit/widget';
import { wordsFor } from '../../kit/words';
import { groups } from './groups';
import { cellsOf, passed, worstShare, type CheckResult } from './outcome';
import { params, type CheckValues } from './params';

/** The backends in the order of the table, as its columns name them. */
export const backendLabels: Record<BackendName, string> = {
  captured: 'captured step',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

const ROLES: Record<BackendName, Role> = {
  captured: 'accent',
  webgl: 'control',
  wasm: 'cure',
  cpu: 'neutral',
};

const backendNames = Object.keys(backendLabels) as BackendName[];

function chart(_: CheckValues, { cells }: CheckResult): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Row of the table', scale: 'linear', domain: [1, groups.length], integer: true },
    y: { label: 'Worst deviation ÷ tolerance', scale: 'log' },
    series: backendNames.flatMap((backend) => {
      const list = cells[backend];
      if (list === undefined) return [];
      const run = list.flatMap((cell, row) =>
        cell === null ? [] : [{ x: row + 1, y: cell.share }],
      );
      return {
        id: backend,
        label: backendLabels[backend],
        role: ROLES[backend],
        mark: 'points' as const,
        x: run.map(({ x }) => x),
        y: run.map(({ y }) => y),
      };
    }),
    references: [{ axis: 'y', at: 1, label: 'tolerance' }],
  };
}

function describe({ spoil }: CheckValues, result: CheckResult): string {
  const cells = cellsOf(result);
  const missing = result.backends
    .filter(({ available }) => !available)
    .map(({ backend, reason }) => ` ${backendLabels[backend]} was not run: ${reason ?? ''}`);
  if (cells.length === 0) return `No case has been run yet.${missing.join('')}`;
  const failed = cells.filter((cell) => !passed(cell)).length;
  const backends = backendNames
    .filter((backend) => cellsOf(result, backend).length > 0)
    .map((backend) => backendLabels[backend]);
  const verdict =
    failed === 0
      ? `All ${cells.length} checks passed`
      : `${failed} of ${cells.length} checks failed`;
  return (
    `${verdict}, on ${wordsFor('en').listAll(backends)}. The largest deviation is ` +
    `${shareInWords(worstShare(cells))} its tolerance.` +
    (spoil ? ' The reference was spoiled on purpose.' : '') +
    missing.join('')
  );
}

/** A share of the tolerance: 0.0312 is 3.1 %; from ten times on as a multiple. */
export const percentOf = (share: number): string =>
  share < 10 ? formatPercent(share) : `${formatNumber(share, { digits: 3 })} times`;

/** "3.1% of", or "99.9 times". */
const shareInWords = (share: number): string =>
  share < 10 ? `${percentOf(share)} of` : percentOf(share);

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
      note: 'One number a row is wrong by a thousandth, to show that the check can fail.',
      params: { spoil: true },
    },
  },
  contrast: {
    problem: { preset: 'problem', value: 'worst' },
    cure: { preset: 'spoiled', value: 'worst' },
    factor: 5,
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  figures: [
    {
      id: 'deviations',
      title: 'How near the tolerance',
      caption:
        'One point for each row and backend. What lies above the line at 1 has failed; a deviation of exactly 0 is marked at the lower edge.',
      chart,
    },
  ],
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
  describe,
});
