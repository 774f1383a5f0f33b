import type { Plan } from './specifications';
import type { Course } from './train';

/** A number as loggers print it: so many significant digits. */
const rounded = (value: number, digits: number): number | string =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : String(value);

/** The log that a trainer would have written: rows at a distance, rounded, in one of several forms. */
export function exportedLog(plan: Plan, course: Course): string {
  const { shown, every, index, layersLogged, thresholdStated, spec } = plan;
  const dead = course.firstNonFinite?.step ?? Infinity;
  const rows: { step: number; loss: number; norm: number; layers: number[] }[] = [];
  for (let step = 0; step < shown; step += every) {
    // A trainer that does not look goes on with weights that are NaN.
    const alive = step < dead && step < course.globalNorm.length;
    rows.push({
      step,
      loss: alive ? course.loss[step]! : NaN,
      norm: alive ? course.globalNorm[step]! : NaN,
      layers: alive ? course.layers[step]! : (course.layers[0] ?? []).map(() => NaN),
    });
  }
  const clip = thresholdStated && spec.clip?.kind === 'globalNorm' ? spec.clip.maxNorm : null;
  const forms = [csv, jsonLines, lines];
  return forms[index % forms.length]!(rows, layersLogged, clip);
}

type Row = { step: number; loss: number; norm: number; layers: number[] };

function csv(rows: Row[], layersLogged: boolean, clip: number | null): string {
  const names = layersLogged ? rows[0]!.layers.map((_, l) => `grad_norm/layers.${l}.weight`) : [];
  const header = [
    'step',
    'train_loss',
    'grad_norm',
    ...names,
    ...(clip === null ? [] : ['clip_grad']),
  ];
  return [
    header.join(','),
    ...rows.map(({ step, loss, norm, layers }) =>
      [
        step,
        rounded(loss, 6),
        rounded(norm, 5),
        ...(layersLogged ? layers.map((value) => rounded(value, 6)) : []),
        ...(clip === null ? [] : [clip]),
      ].join(','),
    ),
  ].join('\n');
}

function jsonLines(rows: Row[], layersLogged: boolean, clip: number | null): string {
  const layers = rows[0]!.layers.map((_, l) => `layers.${l}.weight`);
  const header = {
    format: 'gradient-lab-log',
    version: 1,
    ...(layersLogged ? { layers } : {}),
    ...(clip === null ? {} : { clipThreshold: clip }),
  };
  return [
    JSON.stringify(header),
    ...rows.map(({ step, loss, norm, layers: norms }) =>
      JSON.stringify({
        step,
        loss: rounded(loss, 8),
        globalNorm: rounded(norm, 8),
        ...(layersLogged ? { gradientNorm: norms.map((value) => rounded(value, 8)) } : {}),
      }),
    ),
  ].join('\n');
}

function lines(rows: Row[], _: boolean, clip: number | null): string {
  return [
    ...(clip === null ? [] : [`max_grad_norm=${clip}`]),
    ...rows.map(
      ({ step, loss, norm }) =>
        `[train] step=${step} loss=${rounded(loss, 5)} grad_norm=${rounded(norm, 4)}`,
    ),
  ].join('\n');
}

/** Whether the form of a plan's log shows the layers. */
export const showsLayers = ({ index, layersLogged }: Plan): boolean =>
  layersLogged && index % 3 !== 2;
