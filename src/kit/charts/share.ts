import { lineDomains } from './line';
import { domainOf } from './scales';
import type { Axis, ChartSpec, NetworkSpec } from './spec';

/** A chart that has axes. */
type Plotted = Exclude<ChartSpec, NetworkSpec>;

type Domain = [number, number];

/** The axes' ends of a chart as drawn; the y axis only where it carries values. */
function domains(spec: Plotted): { x: Domain; y?: Domain } {
  if (spec.kind === 'line') return lineDomains(spec);
  const xs = spec.kind === 'heat' ? spec.columns : spec.panels.flatMap(({ edges }) => edges);
  return { x: domainOf(spec.x, xs, false) };
}

const union = (all: (Domain | undefined)[]): Domain | undefined => {
  const known = all.filter((domain) => domain !== undefined);
  if (known.length === 0) return undefined;
  return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
};

const fixed = (axis: Axis, domain: Domain | undefined): Axis =>
  domain ? { ...axis, domain } : axis;

/**
 * The same charts with common axes, so that neighbours can be compared by eye: problem beside cure.
 * They must be of one kind and have axes of one scale.
 */
export function shareAxes<S extends Plotted>(specs: readonly S[]): S[] {
  const all = specs.map(domains);
  const x = union(all.map((one) => one.x));
  const y = union(all.map((one) => one.y));
  return specs.map((spec) => ({
    ...spec,
    x: fixed(spec.x, x),
    ...(spec.kind === 'line' ? { y: fixed(spec.y, y) } : {}),
  }));
}
