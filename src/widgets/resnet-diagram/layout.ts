import type { Layer, Network, ShortcutArc } from './layers';

/**
 * Where everything stands in the drawing of a network. Lengths along it are in units, of which the
 * drawing is `width` long whatever its size on screen; heights are in pixels.
 */

export interface Column {
  /** Left edge and width, in units. */
  x: number;
  width: number;
}

export interface Band {
  stage: number;
  /** Of the stage's columns, with half of the gaps beside it. */
  x: number;
  width: number;
  /** Side of the maps that its last layer with weights gives. */
  size: number;
}

export interface Arc {
  x: number;
  width: number;
  shortcut: ShortcutArc;
}

export interface Layout {
  width: number;
  /** The picture that goes in. */
  input: Column;
  /** One entry a layer; a projection has one behind its block, where its costs stand. */
  columns: Column[];
  bands: Band[];
  arcs: Arc[];
}

const GAP = 1.2;
const BLOCK_GAP = 0.3;

/** Layers that stand alone in their stage are drawn wider, so that the shallow ends can be seen and hit. */
const widthOf = ({ kind, kernel, onShortcut }: Layer): number => {
  if (onShortcut) return 0.7;
  if (kind === 'dense') return 1.6;
  if (kind === 'convolution') return kernel > 3 ? 1.6 : 1;
  return 0.8;
};

/** Lays a network out from left to right. */
export function layoutOf({ layers, shortcuts }: Network): Layout {
  const input = { x: 0, width: 1.2 };
  const bands: Band[] = [];
  const columns: Column[] = [];
  let x = input.width;
  let start = 0;
  let size = 0;
  layers.forEach((layer, index) => {
    const before = layers[index - 1];
    if (before?.stage !== layer.stage) {
      if (before) bands.push({ stage: before.stage, x: start, width: x + GAP / 2 - start, size });
      start = before ? x + GAP / 2 : 0;
      x += GAP;
    } else if (before.block !== layer.block) x += BLOCK_GAP;
    if (layer.parameters > 0) size = layer.outputSize;
    columns.push({ x, width: widthOf(layer) });
    x += widthOf(layer);
  });
  bands.push({ stage: layers.at(-1)!.stage, x: start, width: x - start, size });

  const arcs = shortcuts.map((shortcut): Arc => {
    const first = columns[shortcut.from]!;
    const last = columns[shortcut.to]!;
    return { x: first.x, width: last.x + last.width - first.x, shortcut };
  });
  return { width: x, input, columns, bands, arcs };
}

/** Heights of the drawing's rows, from its top down. */
export const rows = {
  arcs: { y: 16, height: 34 },
  bars: { y: 54, height: 128 },
  stages: { y: 198, height: 30 },
  parameters: { y: 246, height: 40 },
  multiplyAdds: { y: 306, height: 40 },
};
export const HEIGHT = 350;

/** Height of a layer's bar: so many pixels more for each doubling of the channels it gives. */
export const barHeight = (channels: number): number =>
  Math.max(8, 22 + 14.5 * Math.log2(channels / 32));

/** The layer under a point of the drawing: `x` in units, `y` in pixels. */
export function layerAt(layout: Layout, x: number, y: number): number {
  const { columns, arcs } = layout;
  if (y < rows.bars.y) {
    const arc = arcs.find((one) => x >= one.x && x <= one.x + one.width);
    if (arc && arc.shortcut.projection !== null) return arc.shortcut.projection;
  }
  let nearest = 0;
  let distance = Infinity;
  columns.forEach((column, index) => {
    const away = Math.abs(x - column.x - column.width / 2) - column.width / 2;
    if (away < distance) [nearest, distance] = [index, away];
  });
  return nearest;
}

const round = (value: number): number => Math.round(value * 100) / 100;

const box = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${-round(width)}z`;

/** What a bar looks like: by the side of its windows. */
export type BarStyle = 'wide' | 'three' | 'one' | 'pool' | 'dense';

export const barStyles: BarStyle[] = ['wide', 'three', 'one', 'pool', 'dense'];

export const styleOf = ({ kind, kernel }: Layer): BarStyle => {
  if (kind === 'dense') return 'dense';
  if (kind !== 'convolution') return 'pool';
  return kernel > 3 ? 'wide' : kernel === 3 ? 'three' : 'one';
};

/** Share of its column that a bar fills. */
const fill: Record<BarStyle, number> = { wide: 0.9, three: 0.84, one: 0.6, pool: 0.4, dense: 0.8 };

/** One path for all bars of a style, in units by pixels from the row's top. */
export function barPath(layers: readonly Layer[], { columns }: Layout, style: BarStyle): string {
  return layers
    .map((layer, index) => {
      if (layer.onShortcut || styleOf(layer) !== style) return '';
      const { x, width } = columns[index]!;
      const height = barHeight(layer.outChannels);
      const share = fill[style];
      return box(
        x + (width * (1 - share)) / 2,
        (rows.bars.height - height) / 2,
        width * share,
        height,
      );
    })
    .join('');
}

/** One path for bars that stand on the row's foot, `share` of the row's height each. */
export function profilePath(
  layers: readonly Layer[],
  { columns }: Layout,
  height: number,
  share: (layer: Layer) => number,
): string {
  return layers
    .map((layer, index) => {
      const { x, width } = columns[index]!;
      const tall = share(layer) * height;
      if (tall === 0) return '';
      return box(x + width * 0.08, height - tall, width * 0.84, tall);
    })
    .join('');
}

/** Arcs from before a block to behind it, one path for all of a connection. */
export function arcPath(arcs: readonly Arc[], connection: ShortcutArc['connection']): string {
  const { height } = rows.arcs;
  return arcs
    .filter(({ shortcut }) => shortcut.connection === connection)
    .map(({ x, width }) => {
      const [left, right] = [round(x - BLOCK_GAP / 2), round(x + width + BLOCK_GAP / 2)];
      const lift = round(width * 0.3);
      return `M${left} ${height}C${round(left + lift * 0.2)} ${-height * 0.25} ${round(right - lift * 0.2)} ${-height * 0.25} ${right} ${height}`;
    })
    .join('');
}

/** A place along the drawing as a percentage of its width. */
export const percent = (units: number, { width }: Layout): string =>
  `${round((100 * units) / width)}%`;
