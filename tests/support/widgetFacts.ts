/** What the registry declares, as plain data. Vite loads this file: Playwright cannot read `import.meta.glob`. */
import { defaults } from '../../src/kit/codec';
import type { ParameterTable } from '../../src/kit/parameters';
import type { AnyWidget, TrainingResult } from '../../src/kit/widget';
import { getRecording, widgets } from '../../src/registry/server';
import { kernelSets } from './kernelSets';
import type { SiteFacts } from './site';

/** What tests of the site ask of each widget. */
export async function widgetFacts(): Promise<SiteFacts['widgets']> {
  const kernels = await kernelSets();
  return [...widgets.values()].map((widget) => ({
    id: widget.id,
    kind: widget.kind,
    title: widget.title,
    chapter: widget.chapter,
    draws: widget.drawing !== undefined,
    params: widget.params as ParameterTable,
    presets: Object.keys(widget.presets),
    seeded:
      widget.kind === 'training' &&
      (widget.seeded?.(defaults(widget.params as ParameterTable)) ?? true),
    diverges: widget.kind === 'training' && diverges(widget),
    kernels: kernels[widget.id] ?? [],
  }));
}

function diverges({ id }: AnyWidget): boolean {
  const { lanes } = getRecording(id, '').result as TrainingResult;
  return Object.values(lanes).some(({ firstNonFinite }) => firstNonFinite !== null);
}
