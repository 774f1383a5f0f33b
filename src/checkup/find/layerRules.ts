import type { Run, Series } from '../run/run.ts';
import { line, median } from '../run/statistics.ts';
import type { Found, Rule } from './finding.ts';
import type { Thresholds } from './thresholds.ts';

const noLayers = ({ layers }: Run): string | null =>
  layers.length >= 3 ? null : 'the file has no norms by layer';

/** A geometric law of the norms by layer. */
export interface Law {
  /** By what the norm is multiplied a layer, on the way from the last layer to the first. */
  factorPerLayer: number;
  /** Norm of the first layer over that of the last, on the fitted line. */
  firstToLast: number;
  explained: number;
  layers: number;
  /** A layer that lies far off and was left out of the line. */
  odd: number | null;
}

/**
 * Fits log10 of the median norm by layer by a straight line. One layer that lies far off the others (an
 * embedding, a head) does not count, where at least five remain.
 */
export function lawOf(layers: Series[]): Law | null {
  const points = layers.flatMap(({ values }, place) => {
    const usual = median(values);
    return usual > 0 ? [{ place, log: Math.log10(usual) }] : [];
  });
  if (points.length < 3 || points.length < 0.75 * layers.length) return null;
  const fit = (kept: typeof points): ReturnType<typeof line> =>
    line(
      kept.map(({ place }) => place),
      kept.map(({ log }) => log),
    );
  let best = { ...fit(points), odd: null as number | null };
  if (points.length >= 6)
    for (const { place } of points) {
      const without = fit(points.filter((point) => point.place !== place));
      if (without.explained > best.explained + 0.02) best = { ...without, odd: place };
    }
  const span = -best.slope * (layers.length - 1);
  return {
    factorPerLayer: 10 ** -best.slope,
    firstToLast: 10 ** span,
    explained: best.explained,
    layers: layers.length,
    odd: best.odd,
  };
}

/** The layers without those that are exactly zero at all rows at the input's side. */
function living(layers: Series[]): { layers: Series[]; dead: number } {
  const dead = deadLayers(layers);
  return { layers: layers.slice(dead), dead };
}

/** How many layers, from the first on, have a gradient of exactly zero at all rows. */
export function deadLayers(layers: Series[]): number {
  let dead = 0;
  while (
    dead < layers.length &&
    layers[dead]!.values.length > 0 &&
    layers[dead]!.values.every((value) => value === 0)
  )
    dead++;
  return dead;
}

/** The norms by layer follow a geometric law, falling or growing towards the input. */
export const layersGeometric: Rule = {
  ids: ['layers-vanish', 'layers-explode'],
  missing: noLayers,
  find: ({ layers }, limits) => {
    const alive = living(layers).layers;
    if (alive.length < limits.layers.count) return [];
    const law = lawOf(alive);
    if (!law || !follows(law, limits)) return [];
    const vanish = law.factorPerLayer < 1;
    const ratio = vanish ? 1 / law.firstToLast : law.firstToLast;
    const found: Found = {
      id: vanish ? 'layers-vanish' : 'layers-explode',
      confidence: law.explained >= 0.97 && ratio >= 2 * limits.layers.ratio ? 'high' : 'medium',
      row: alive[0]!.rows[0] ?? null,
      evidence: {
        factorPerLayer: law.factorPerLayer,
        layers: layers.length,
        firstToLast: law.firstToLast,
        explained: law.explained,
        first: alive[0]!.name,
        last: alive.at(-1)!.name,
        ...(law.odd === null ? {} : { leftOut: alive[law.odd]!.name }),
      },
      told: `Towards the input the norm is multiplied by ${law.factorPerLayer.toPrecision(3)} per layer; a straight line in the logarithm explains ${Math.round(100 * law.explained)}% of the differences between ${alive.length} layers.`,
    };
    return [found];
  },
};

function follows(law: Law, { layers }: Thresholds): boolean {
  const ratio = law.factorPerLayer < 1 ? 1 / law.firstToLast : law.firstToLast;
  return ratio >= layers.ratio && law.explained >= layers.explained;
}

/** Exactly zero in the first layers up to one: nothing passes it. */
export const layersDead: Rule = {
  ids: ['layers-dead'],
  missing: noLayers,
  find: ({ layers }) => {
    const { dead } = living(layers);
    if (dead === 0) return [];
    const rows = layers[0]!.values.length;
    const found: Found = {
      id: 'layers-dead',
      confidence: rows >= 5 ? 'high' : 'low',
      row: layers[0]!.rows[0] ?? null,
      evidence: {
        lastDeadLayer: dead,
        layer: layers[dead - 1]!.name,
        layers: layers.length,
        rows,
      },
      told: `The gradient of the first ${dead} of ${layers.length} layers is exactly zero at all ${rows} rows; “${layers[dead - 1]!.name}” is the last of them.`,
    };
    return [found];
  },
};

/** In float16 a share of a layer's gradient lies below the smallest number that it holds. */
export const float16Underflow: Rule = {
  ids: ['float16-underflow'],
  missing: ({ stated, belowFloat16Share }) =>
    !isFloat16(stated.precision)
      ? 'the file does not say that it was trained in float16'
      : belowFloat16Share.length > 0
        ? null
        : 'the file has no share of entries below what float16 holds',
  find: ({ stated, belowFloat16Share, lossScale }, { underflowShare }) => {
    if (!isFloat16(stated.precision)) return [];
    const shares = belowFloat16Share.map((series) => ({ series, share: median(series.values) }));
    const below = shares.filter(({ share }) => share > underflowShare);
    if (below.length === 0) return [];
    const worst = below.reduce((a, b) => (b.share > a.share ? b : a));
    const scale = lossScale ? median(lossScale.values) : NaN;
    const name = (series: Series): string => series.name.replace(/^belowFloat16Share\//, '');
    const found: Found = {
      id: 'float16-underflow',
      confidence: 'high',
      row: worst.series.rows[0] ?? null,
      evidence: {
        share: worst.share,
        layer: name(worst.series),
        layersAbove: below.map(({ series }) => name(series)),
        ...(Number.isFinite(scale) ? { lossScale: scale } : {}),
      },
      told: `In ${below.length} layer${below.length === 1 ? '' : 's'} more than a tenth of the gradient’s entries lie below what float16 holds, most in “${name(worst.series)}” (${Math.round(100 * worst.share)}%)${scale === 1 ? '; the loss scale is 1' : ''}.`,
    };
    return [found];
  },
};

const isFloat16 = (precision: string | undefined): boolean =>
  precision !== undefined && /^(?:float16|fp16|half|16-mixed|16)$/i.test(precision);
