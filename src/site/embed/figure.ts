import { canonical, presetSettings, type AnySettings } from '../../kit/codec';
import type { Theme } from '../../kit/charts/colours';
import { stillChart } from '../../kit/drawFigures';
import { renderFigureSvg } from '../../kit/export/svg';
import { sayFor, textOf } from '../../kit/say';
import type { AnyWidget } from '../../kit/widget';
import { getRecording, getWidget } from '../../registry/server';
import { pageUrl } from '../book/book';
import { licence } from './page';

interface Drawn {
  id: string;
  /** A preset's name; without one, the default setting. */
  preset?: string | undefined;
  /** The site's origin. */
  site: URL | undefined;
  theme?: Theme;
}

/** A widget's first figure as the text of an SVG file, drawn from the recorded run. Throws where none is shown. */
export function figureSvg({ id, preset, site, theme }: Drawn): string {
  const widget: AnyWidget = getWidget(id);
  const settings = presetSettings(widget, preset) as AnySettings;
  const recording = getRecording(id, canonical(widget.params, settings));
  const first = widget.figures.find(({ shown }) => shown?.(settings as never) ?? true);
  if (!first)
    throw new Error(`${id} declares no figure that a picture of ${preset ?? id} could show.`);

  const setting = preset === undefined ? '' : `: ${widget.presets[preset]?.label}`;
  const say = sayFor();
  const live = new URL(pageUrl(`widgets/${id}/`), site);
  if (preset !== undefined) live.searchParams.set('preset', preset);
  return renderFigureSvg(stillChart(widget, first as never, settings, recording.result, say), {
    title: `${textOf(first.title, say)}${setting}`,
    description: widget.describe(settings as never, recording.result as never, say),
    credit: `Gradient Lab, ${licence.name}, ${live.href.replace(/^https?:\/\//, '')}`,
    ...(theme && { theme }),
  });
}
