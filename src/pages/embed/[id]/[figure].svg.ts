import type { APIRoute, GetStaticPaths, InferGetStaticParamsType } from 'astro';
import { canonical, presetSettings, type AnySettings } from '../../../kit/codec';
import { renderFigureSvg } from '../../../kit/export/svg';
import { stillChart } from '../../../kit/drawFigures';
import { sayFor, textOf } from '../../../kit/say';
import type { AnyWidget } from '../../../kit/widget';
import { getRecording, getWidget, widgets } from '../../../registry/server';
import { pageUrl } from '../../../site/book/book';
import { licence } from '../../../site/embed/page';

/**
 * A widget's first figure as a picture of its own, drawn from the recorded run: figure.svg for the
 * default setting, figure-<preset>.svg for each preset. For READMEs, slides and mail.
 */
export const getStaticPaths = (() =>
  [...widgets.values()].flatMap(({ id, presets }) =>
    ['figure', ...Object.keys(presets).map((preset) => `figure-${preset}`)].map((figure) => ({
      params: { id, figure },
    })),
  )) satisfies GetStaticPaths;

type Params = InferGetStaticParamsType<typeof getStaticPaths>;

export const GET: APIRoute = ({ params, site }) => {
  const { id, figure } = params as Params;
  const widget: AnyWidget = getWidget(id);
  const preset = figure === 'figure' ? undefined : figure.slice('figure-'.length);
  const settings = presetSettings(widget, preset) as AnySettings;
  const recording = getRecording(id, canonical(widget.params, settings));
  const first = widget.figures.find(({ shown }) => shown?.(settings as never) ?? true);
  if (!first) throw new Error(`${id} declares no figure that ${figure}.svg could show.`);

  const setting = preset === undefined ? '' : `: ${widget.presets[preset]?.label}`;
  const say = sayFor();
  const live = new URL(pageUrl(`widgets/${id}/`), site);
  if (preset !== undefined) live.searchParams.set('preset', preset);
  const svg = renderFigureSvg(stillChart(widget, first as never, settings, recording.result, say), {
    title: `${textOf(first.title, say)}${setting}`,
    description: widget.describe(settings as never, recording.result as never, say),
    credit: `Gradient Lab, ${licence.name}, ${live.href.replace(/^https?:\/\//, '')}`,
  });
  return new Response(svg, { headers: { 'Content-Type': 'image/svg+xml; charset=utf-8' } });
};
