import { type HeatGeometry, heatDomain, heatGeometry } from './heat';
import { type HistogramGeometry, histogramDomain, histogramGeometry } from './histogram';
import { type LineGeometry, lineDomains, lineGeometry } from './line';
import type { Axis, ChartSpec } from './spec';
import type { ChartWords } from './words';

export type Geometry = LineGeometry | HeatGeometry | HistogramGeometry;

/** Everything that a chart draws, computed from its specification alone. */
export function geometryOf(spec: ChartSpec, words: ChartWords): Geometry {
  if (spec.kind === 'line') return lineGeometry(spec, words);
  return spec.kind === 'heat' ? heatGeometry(spec, words) : histogramGeometry(spec, words);
}

/** The axes' ends of a chart as drawn; the y axis only where it carries values. */
function domains(spec: ChartSpec): { x: [number, number]; y?: [number, number] } {
  if (spec.kind === 'line') return lineDomains(spec);
  return { x: spec.kind === 'heat' ? heatDomain(spec) : histogramDomain(spec) };
}

const union = (all: ([number, number] | undefined)[]): [number, number] | undefined => {
  const known = all.filter((domain) => domain !== undefined);
  if (known.length === 0) return undefined;
  return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
};

const fixed = (axis: Axis, domain: [number, number] | undefined): Axis =>
  domain ? { ...axis, domain } : axis;

/**
 * The same charts with common axes, so that neighbours can be compared by eye: problem beside cure.
 * They must be of one kind and have axes of one scale.
 */
export function shareAxes<S extends ChartSpec>(specs: readonly S[]): S[] {
  const all = specs.map(domains);
  const x = union(all.map((one) => one.x));
  const y = union(all.map((one) => one.y));
  return specs.map((spec) => ({
    ...spec,
    x: fixed(spec.x, x),
    ...(spec.kind === 'line' ? { y: fixed(spec.y, y) } : {}),
  }));
}
