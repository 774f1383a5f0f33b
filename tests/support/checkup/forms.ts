/** The forms in which trainers print a training. */
import type { Row } from './courses.ts';

const python = (value: number): string =>
  Number.isNaN(value)
    ? 'nan'
    : value === Infinity
      ? 'inf'
      : value === -Infinity
        ? '-inf'
        : String(value);

/** JSON with the bare words that Python's writes. */
const bare = (value: number): string =>
  Number.isNaN(value)
    ? 'NaN'
    : Number.isFinite(value)
      ? String(value)
      : value > 0
        ? 'Infinity'
        : '-Infinity';

const fixed = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : python(value);

/** Enough digits for the size: trainers print small norms by powers of ten. */
const norm = (value: number): string =>
  Number.isFinite(value)
    ? value < 1e-3
      ? value.toExponential(4)
      : value.toPrecision(6)
    : python(value);

const csv = (rows: Row[], delimiter: string, comma: boolean): string => {
  const cell = (value: number): string => {
    const text = norm(value).replace('e+', 'e');
    return comma ? text.replace('.', ',') : text;
  };
  return [
    ['step', 'loss', 'grad_norm', 'lr', 'loss_scale'].join(delimiter),
    ...rows.map((row) =>
      [row.step, row.loss, row.norm, row.rate, row.scale]
        .map((value, i) => (i === 0 ? String(value) : cell(value)))
        .join(delimiter),
    ),
  ].join('\n');
};

export const forms: Record<string, (rows: Row[]) => string> = {
  'huggingface-trainer': (rows) =>
    rows
      .map(
        (row, i) =>
          (i % 7 === 3 ? `  ${i}%|███       | ${i}/600 [00:28<12:31,  1.21s/it]\n` : '') +
          `{'loss': ${fixed(row.loss, 4)}, 'grad_norm': ${norm(row.norm)}, 'learning_rate': ${row.rate}, 'loss_scale': ${row.scale}, 'epoch': ${(row.step / 200).toFixed(2)}}`,
      )
      .join('\n'),
  'trainer-state': (rows) =>
    `{\n  "best_metric": null,\n  "log_history": [\n${rows
      .map(
        (row) =>
          `    {\n      "epoch": ${row.epoch},\n      "grad_norm": ${bare(row.norm)},\n      "loss": ${bare(row.loss)},\n      "loss_scale": ${row.scale},\n      "step": ${row.step}\n    }`,
      )
      .join(',\n')}\n  ],\n  "max_steps": 800\n}`,
  megatron: (rows) =>
    rows
      .map(
        (row) =>
          ` iteration ${String(row.step).padStart(8)}/  250000 | consumed samples: ${String(row.step * 8).padStart(12)} | elapsed time per iteration (ms): 4192.1 | learning rate: ${row.rate.toExponential(3).toUpperCase()} | global batch size:     8 | lm loss: ${Number.isFinite(row.loss) ? row.loss.toExponential(6).toUpperCase() : python(row.loss)} | loss scale: ${row.scale.toFixed(1)} | grad norm: ${norm(row.norm)} | number of skipped iterations:   0 | number of nan iterations:   0 |`,
      )
      .join('\n'),
  mmengine: (rows) =>
    rows
      .map(
        (row, i) =>
          `2024/05/11 22:18:${String(i % 60).padStart(2, '0')} - mmengine - INFO - Epoch(train) [1][${String(row.step).padStart(4)}/9000]  lr: ${row.rate.toExponential(4)}  eta: 2:46:00  time: 2.800  data_time: 0.0041  memory: 10762  loss: ${fixed(row.loss, 4)}  grad_norm: ${norm(row.norm)}  loss_scale: ${row.scale}`,
      )
      .join('\n'),
  mmcv: (rows) =>
    rows
      .map(
        (row) =>
          `2021-05-11 22:18:00,123 - mmdet - INFO - Epoch [1][${row.step}/9000]\tlr: ${row.rate.toExponential(3)}, eta: 1 day, 4:23:11, time: 0.800, data_time: 0.041, memory: 3762, loss_cls: 0.3, loss: ${fixed(row.loss, 4)}, grad_norm: ${norm(row.norm)}, loss_scale: ${row.scale}`,
      )
      .join('\n'),
  'json-lines': (rows) =>
    rows
      .map(
        (row) =>
          `{"mode": "train", "epoch": ${row.epoch}, "iter": ${row.step}, "lr": ${row.rate}, "loss": ${bare(row.loss)}, "grad_norm": ${bare(row.norm)}, "loss_scale": ${row.scale}}`,
      )
      .join('\n'),
  'metric-logger': (rows) =>
    rows
      .map(
        (row) =>
          `Epoch: [115]  [${String(row.step).padStart(4)}/9000]  eta: 0:10:00  lr: ${row.rate.toFixed(6)}  loss: ${fixed(row.loss, 4)} (${fixed(row.loss, 4)})  loss_scale: ${row.scale.toFixed(4)} (8646.0600)  grad_norm: ${norm(row.norm)} (nan)  time: 0.4944  data: 0.0001  max mem: 19152`,
      )
      .join('\n'),
  fairseq: (rows) =>
    rows
      .map(
        (row) =>
          `2023-03-02 10:00:00 | INFO | train_inner | {"epoch": 1, "update": ${(row.step / 9000).toFixed(3)}, "loss": "${fixed(row.loss, 3)}", "ppl": "531.2", "wps": "30211", "num_updates": "${row.step}", "lr": "${row.rate.toExponential(3)}", "gnorm": "${norm(row.norm)}", "clip": "12", "loss_scale": "${row.scale}", "train_wall": "80"}`,
      )
      .join('\n'),
  'key-value': (rows) =>
    rows
      .map(
        (row) =>
          `[2024-05-01 10:00:00] train: step=${row.step} loss=${fixed(row.loss, 4)} grad_norm=${norm(row.norm)} lr=${row.rate} loss_scale=${row.scale}`,
      )
      .join('\n'),
  words: (rows) =>
    rows
      .map(
        (row) =>
          `step ${row.step}/9000 | train loss ${fixed(row.loss, 6)} | norm ${norm(row.norm)} | lr ${row.rate.toExponential(2)} | loss scale ${row.scale} | 312.3 ms | 1234 tok/s`,
      )
      .join('\n'),
  csv: (rows) => csv(rows, ',', false),
  'csv-decimal-comma': (rows) => csv(rows, ';', true),
  tsv: (rows) => csv(rows, '\t', false),
  json: (rows) =>
    `[${rows.map((row) => `{"step": ${row.step}, "train": {"loss": ${bare(row.loss)}, "grad_norm": ${bare(row.norm)}}, "loss_scale": ${row.scale}}`).join(', ')}]`,
  'keras-history': (rows) =>
    `{"loss": [${rows.map(({ loss }) => bare(loss)).join(', ')}], "grad_norm": [${rows.map((row) => bare(row.norm)).join(', ')}], "loss_scale": [${rows.map(({ scale }) => scale).join(', ')}]}`,
};
