import type { APIRoute, GetStaticPaths, InferGetStaticParamsType } from 'astro';
import { widgets } from '../../../registry/server';
import { figureSvg } from '../../../site/embed/figure';

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
  const preset = figure === 'figure' ? undefined : figure.slice('figure-'.length);
  const svg = figureSvg({ id, preset, site });
  return new Response(svg, { headers: { 'Content-Type': 'image/svg+xml; charset=utf-8' } });
};
