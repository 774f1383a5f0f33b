/** A laid out network as SVG markup: one path for all parts of a kind that look alike. */
import { coordinate as c, textWidth } from '../geometry';
import { path, text } from '../markup';
import { signs } from '../shapes';
import type { NetworkSpec } from '../spec';
import { specialOf } from '../values';
import type { NetworkLayout, Strand, Unit } from './layout';
import { levelOf, shadeOf, shades, widthOf } from './size';

/** Sizes of filled dots, and tones of pixels. */
const tones = 8;

/** Shares of an ink, lightest first. */
const toned = (parts: readonly string[]): string =>
  parts
    .map((d, k) => d && `<path class="gl-ink" fill-opacity="${(k + 1) / parts.length}" d="${d}"/>`)
    .join('');

const curve = ({ from, to }: { from: { x: number; y: number }; to: { x: number; y: number } }) => {
  const half = (to.x - from.x) / 2;
  const [x0, x1] = [c(from.x + half), c(to.x)];
  return `M${c(from.x)},${c(from.y)}C${x0},${c(from.y)} ${x0},${c(to.y)} ${x1},${c(to.y)}`;
};

/** A dot as a line of no length, as wide as the dot and with round ends. */
const dot = ({ x, y }: Unit): string => `M${c(x)},${c(y)}h0`;

/** The signal's level between two layers; null where there is none. */
export const levelBetween = ({ from, to }: Strand): number | null =>
  from.layerLevel === null || to.layerLevel === null ? null : (from.layerLevel + to.layerLevel) / 2;

/** Everything of a network, from back to front. */
export function networkMarkup(spec: NetworkSpec, layout: NetworkLayout): string {
  return [
    entry(spec, layout),
    ...layout.strands.map((strands, l) => hairs(strands, spec.bundles[l + 1]?.weight ?? 0)),
    ribbons(layout),
    image(spec, layout),
    units(layout.layers.flat(), layout.radius),
    outputs(spec, layout),
    pulls(spec, layout),
    labels(spec, layout),
  ].join('');
}

/** Connections in grey, as thick as the weights are large. */
function hairs(strands: readonly Strand[], weight: number): string {
  const d = strands.map(({ from, to }, k) => {
    // The same ends, met otherwise: each unit has connections to more than one.
    const other = strands[(k + Math.ceil(strands.length / 3)) % strands.length]!.to;
    return curve({ from, to }) + curve({ from, to: other });
  });
  return `<path class="gl-hairs" stroke-width="${c(hairWidth(weight))}" d="${d.join('')}"/>`;
}

/** From the image into the first layer: a line to each unit, or one down to all of them. */
function entry({ bundles, input }: NetworkSpec, layout: NetworkLayout): string {
  const { entry: all, shape, units: span } = layout;
  const [first] = all;
  if (first === undefined || !input.image) return '';
  const d =
    shape === 'wide'
      ? all.map(({ x, y, to }) => curve({ from: { x, y }, to })).join('')
      : // Past the number above the first layer.
        `M${c(first.to.x)},${c(first.y + 3)}V${layout.factors - 13}m0,17V${c(span.from)}`;
  const width = shape === 'wide' ? hairWidth(bundles[0]?.weight ?? 0) : 2;
  return `<path class="gl-hairs" stroke-width="${c(width)}" d="${d}"/>`;
}

/** Of a connection in grey, by the weights' size. */
const hairWidth = (weight: number): number =>
  Number.isFinite(weight) ? Math.max(0.25, Math.min(2.5, 0.8 * Math.sqrt(weight))) : 2.5;

/** How wide a ribbon is through which all of the signal comes. */
const neutral = { wide: 2.6, narrow: 1.9 };

/** What is left of the signal: thin and cold, or wide and hot. */
function ribbons({ strands, shape }: NetworkLayout): string {
  const groups = new Map<number, string>();
  const lost: string[] = [];
  for (const strand of strands.flat()) {
    const level = levelBetween(strand);
    if (level === null) lost.push(curve(strand));
    else {
      const fine = Math.round(level * 16);
      groups.set(fine, (groups.get(fine) ?? '') + curve(strand));
    }
  }
  return (
    [...groups]
      .sort(([a], [b]) => a - b)
      .map(([fine, d]) => {
        const level = fine / 16;
        const width = c(neutral[shape] * widthOf(level));
        return `<path class="gl-ribbon gl-n${shadeOf(level)}" stroke-width="${width}" d="${d}"/>`;
      })
      .join('') + path('lost', lost.join(''))
  );
}

/** The pixels; without an image the numbers stand in the table alone. */
function image({ input }: NetworkSpec, { image: { x, y, size } }: NetworkLayout): string {
  if (!input.image) return '';
  const side = Math.round(Math.sqrt(input.values.length));
  const cell = size / side;
  const inner = c(cell * 0.92);
  const parts = Array.from({ length: tones }, () => '');
  input.values.forEach((value, i) => {
    const tone = Math.round(Math.max(0, Math.min(1, value)) * tones) - 1;
    if (tone < 0) return;
    const [column, row] = [i % side, Math.floor(i / side)];
    parts[tone] += `M${c(x + column * cell)},${c(y + row * cell)}h${inner}v${inner}h-${inner}z`;
  });
  const ground = `<rect class="gl-ground" x="${x - 3}" y="${y - 3}" width="${size + 6}" height="${size + 6}" rx="4"/>`;
  return ground + toned(parts);
}

/** Each unit: a ring of its signal's shade, and in it a dot as large as its activation. */
function units(all: readonly Unit[], radius: number): string {
  const rings = Array.from({ length: shades }, () => '');
  const dots = Array.from({ length: tones }, () => ['', '']);
  let unknown = '';
  let marks = '';
  for (const unit of all) {
    if (unit.level === null) unknown += dot(unit);
    else rings[shadeOf(unit.level)] += dot(unit);
    const special = specialOf(unit.activation, false);
    if (special) marks += signs[special](c(unit.x), c(unit.y), c(radius * 0.55));
    else {
      const size = Math.ceil(unit.fill * tones) - 1;
      if (size >= 0) dots[size]![unit.activation < 0 ? 1 : 0] += dot(unit);
    }
  }
  const outer = c(2 * radius);
  const inner = c(2 * radius - Math.max(1.6, radius * 0.5));
  return [
    ...rings.map(
      (d, k) => d && `<path class="gl-dots gl-n${k}" stroke-width="${outer}" d="${d}"/>`,
    ),
    unknown && `<path class="gl-dots gl-lost" stroke-width="${outer}" d="${unknown}"/>`,
    `<path class="gl-dots gl-hole" stroke-width="${inner}" d="${all.map(dot).join('')}"/>`,
    ...dots.flatMap((pair, k) =>
      pair.map((d, negative) => {
        const width = c(((k + 1) / tones) * 0.84 * inner);
        const name = negative ? 'negative' : 'positive';
        return d && `<path class="gl-dots gl-${name}" stroke-width="${width}" d="${d}"/>`;
      }),
    ),
    path('marks', marks),
  ].join('');
}

/** A bar for each output's share, the one that is right outlined. */
function outputs({ output }: NetworkSpec, { outputs: all, bars, radius }: NetworkLayout): string {
  const top = output.shares.reduce(
    (best, share, k) => (share > output.shares[best]! ? k : best),
    0,
  );
  const height = Math.min(11, ((all[1]?.y ?? 40) - (all[0]?.y ?? 0)) * 0.55);
  return (
    units(all, Math.min(radius, 5)) +
    output.names
      .map((name, k) => {
        const { y } = all[k]!;
        const share = output.shares[k]!;
        const width = Number.isFinite(share) ? Math.max(1.5, share * bars.width) : 0;
        const box = `x="${bars.x}" y="${c(y - height / 2)}" height="${c(height)}" rx="1.5"`;
        const strong = k === top && Number.isFinite(share) ? 'gl-bar gl-top' : 'gl-bar';
        return (
          text(
            { x: bars.label, y, text: name, anchor: 'middle', centred: true },
            k === output.right ? 'name' : '',
          ) +
          (k === output.right ? `<rect class="gl-right" ${box} width="${bars.width}"/>` : '') +
          (width > 0 ? `<rect class="${strong}" ${box} width="${c(width)}"/>` : '')
        );
      })
      .join('')
  );
}

/** log10 of ‖∂L/∂W‖ over the weights' size: without a hold, as trained, torn apart. */
const pullScale: [number, number, number] = [-6, -1.5, 3];

/** Under each gap a line: how hard its weights are pulled. */
function pulls({ bundles }: NetworkSpec, layout: NetworkLayout): string {
  const all = [...layout.layers, layout.outputs];
  return bundles
    .map(({ weight, gradient }, l) => {
      const level = levelOf(gradient / weight, pullScale);
      const end = all[l]?.[0]?.x;
      if (end === undefined) return '';
      const start = all[l - 1]?.[0]?.x ?? end - (layout.shape === 'wide' ? 40 : 12);
      const name = level === null ? 'lost' : `ribbon gl-n${shadeOf(level)}`;
      return `<path class="gl-${name}" stroke-width="4" d="M${c(start + 4)},${layout.pulls}H${c(end - 4)}"/>`;
    })
    .join('');
}

function labels(spec: NetworkSpec, layout: NetworkLayout): string {
  const { layers, numbers, axis, input, left, reading, columns } = layout;
  const stride = Math.ceil(layers.length / (layout.shape === 'wide' ? 20 : 12));
  const middle = (columns.from + columns.to) / 2;
  return [
    text({ ...input, text: spec.input.text }, 'name'),
    text({ ...reading, text: spec.output.text }, 'name gl-strong'),
    text({ ...left, text: spec.left }),
    ...factorLabels(spec, layout),
    ...legend(spec, layout),
    ...layers.map(([unit], l) =>
      l % stride === 0 ? text({ x: unit!.x, y: numbers, text: `${l + 1}`, anchor: 'middle' }) : '',
    ),
    text({
      x: layout.shape === 'wide' ? middle : 2,
      y: axis,
      text: spec.axis,
      anchor: layout.shape === 'wide' ? 'middle' : 'start',
    }),
  ].join('');
}

/** How long the lines of the legend are, and what stands between two of its parts. */
const key = { line: 20, gap: 8, between: 12 };

/** The shades of the ribbons by their words. */
function legend({ legend: words }: NetworkSpec, { legend: place, shape }: NetworkLayout): string[] {
  let x = place.x;
  return words.map((meaning, k) => {
    const level = k - 1;
    const y = place.y + k * place.down;
    const start = x + key.line + key.gap;
    const width = c(neutral[shape] * widthOf(level));
    const line = `<path class="gl-ribbon gl-n${shadeOf(level)}" stroke-width="${width}" d="M${c(x)},${y - 4}h${key.line}"/>`;
    if (place.down === 0) x = start + textWidth(meaning) + key.between;
    return line + text({ x: start, y, text: meaning, anchor: 'start' });
  });
}

/** What is left of the signal above some layers, in its shade; one that would touch the one before is left out. */
function factorLabels(
  { factors }: NetworkSpec,
  { layers, factors: y, shape }: NetworkLayout,
): string[] {
  const shown = layers.map(([unit], l) => {
    const words = factors[l] ?? '';
    const half = textWidth(words) / 2;
    // On a phone the first one would reach beyond the edge.
    const atEdge = shape === 'narrow' && l === 0;
    const x = atEdge ? half : unit!.x;
    return { x, half, atEdge, words, level: unit!.layerLevel, last: l === layers.length - 1 };
  });
  let end = -Infinity;
  const final = shown.at(-1);
  return shown.map(({ x, half, atEdge, words, level, last }) => {
    const meetsLast = !last && final !== undefined && x + half + 8 > final.x - final.half;
    if (words === '' || x - half < end + 8 || meetsLast) return '';
    end = x + half;
    const name = `factor${level === null ? '' : ` gl-n${shadeOf(level)}`}`;
    return text({ x: atEdge ? 0 : x, y, text: words, anchor: atEdge ? 'start' : 'middle' }, name);
  });
}
