/** The picture that other sites show beside a link: the living picture of the home page in its three states. */
import { layOut } from '../../kit/charts/network/layout';
import { networkMarkup } from '../../kit/charts/network/markup';
import { colour } from '../../kit/charts/colours';
import { canonical, presetSettings, type AnySettings } from '../../kit/codec';
import { stillChart } from '../../kit/drawFigures';
import { networkSheet } from '../../kit/export/svg';
import { sayFor } from '../../kit/say';
import { getRecording, getWidget } from '../../registry/server';

/** Pixels, as Open Graph asks for. */
export const cardSize = { width: 1200, height: 630 };

/** From the card's edges to what stands in it, in pixels. */
export const cardMargin = 56;

const WIDGET = 'home-network';
const PRESETS = ['problem', 'cure', 'exploding'];
/** Where the pictures begin, and what lies between two. */
const TOP = 196;
const GAP = 40;

/** The card as an SVG of its own, from the recorded runs; its title is set by what makes a raster of it. */
export function cardSvg(): string {
  const widget = getWidget(WIDGET);
  const say = sayFor();
  const layoutWidth = 400;
  const width = (cardSize.width - 2 * cardMargin - (PRESETS.length - 1) * GAP) / PRESETS.length;
  const pictures = PRESETS.map((preset, k) => {
    const settings = presetSettings(widget, preset) as AnySettings;
    const { result } = getRecording(WIDGET, canonical(widget.params, settings));
    const spec = stillChart(widget, widget.figures[0] as never, settings, result, say);
    if (spec.kind !== 'network') throw new Error(`The first figure of ${WIDGET} is no network.`);
    const place = `translate(${cardMargin + k * (width + GAP)} ${TOP}) scale(${width / layoutWidth})`;
    const markup = networkMarkup({ ...spec, axis: '' }, layOut(spec, 'narrow'));
    return `<g transform="${place}">${markup}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="gl-svg" viewBox="0 0 ${cardSize.width} ${cardSize.height}"`,
    ` width="${cardSize.width}" height="${cardSize.height}"><style>${networkSheet('dark')}text{font-size:13px}</style>`,
    `<rect fill="${colour('paper', 'dark')}" width="${cardSize.width}" height="${cardSize.height}"/>`,
    ...pictures,
    '</svg>',
  ].join('');
}
