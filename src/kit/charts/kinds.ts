/**
 * What draws each kind of chart. Lines are in nearly every chapter; the other kinds are loaded when a
 * page first shows one.
 */
import type { Frame } from './geometry';
import { drawLine } from './line';
import type { ChartSpec } from './spec';
import type { ChartWords } from './words';

type Kind = ChartSpec['kind'];
type Drawers = {
  [K in Kind]?: (spec: Extract<ChartSpec, { kind: K }>, words: ChartWords) => Frame;
};

const drawers: Drawers = { line: drawLine };

const loaders: { [K in Kind]?: () => Promise<Drawers[K]> } = {
  heat: async () => (await import('./heat')).drawHeat,
  histogram: async () => (await import('./histogram')).drawHistogram,
  network: async () => (await import('./network/draw')).drawNetwork,
};

async function load<K extends Kind>(kind: K): Promise<void> {
  drawers[kind] ??= await loaders[kind]?.();
}

/** Resolves when charts of these kinds can be drawn at once. */
export async function prepareCharts(kinds: Iterable<Kind>): Promise<void> {
  await Promise.all(Array.from(new Set(kinds), load));
}

// The server draws once and cannot wait.
if (import.meta.env.SSR) await prepareCharts(['heat', 'histogram', 'network']);

/** Everything that a chart draws, computed from its numbers alone; null until its kind is loaded. */
export function frameOf<S extends ChartSpec>(spec: S, words: ChartWords): Frame | null {
  const draw = drawers[spec.kind] as ((spec: S, words: ChartWords) => Frame) | undefined;
  return draw?.(spec, words) ?? null;
}

/** The height to keep free for a chart whose kind is not loaded yet. */
export const reservedHeight = (spec: ChartSpec): number =>
  spec.kind === 'histogram'
    ? 50 + 40 * Math.max(1, spec.panels.length)
    : spec.kind === 'network'
      ? 430
      : 288;
