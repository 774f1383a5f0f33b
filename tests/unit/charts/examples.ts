import type {
  ChartSpec,
  HeatMapSpec,
  HistogramSpec,
  LineChartSpec,
} from '../../../src/kit/charts/spec';

const steps = [0, 1, 2, 3, 4];

/** A run that overflows beside one that trains, with a band, theory and references. */
export const line: LineChartSpec = {
  kind: 'line',
  x: { label: 'Step', scale: 'linear', integer: true },
  y: { label: 'Loss', scale: 'log' },
  series: [
    { id: 'a', label: 'problem', role: 'problem', x: steps, y: [1, 1e3, Infinity, NaN, NaN] },
    {
      ...{ id: 'b', label: 'cure', role: 'cure', x: steps, y: [1, 0.5, 0.1, 0, 1e-50] },
      band: { low: [0.5, 0.2, 0, NaN, 1e-50], high: [2, 1, Infinity, NaN, 1] },
    },
    { id: 't', label: 'theory', role: 'theory', x: [0, 4], y: [1, 1e12] },
  ],
  references: [
    { axis: 'y', at: 10, label: 'chance <1 in 10> & "more"' },
    { axis: 'x', at: 2, label: 'step 2: overflow', kind: 'stop' },
    { axis: 'y', at: 1e-300, label: 'never seen: outside a given domain' },
  ],
};

export const heat: HeatMapSpec = {
  kind: 'heat',
  x: { label: 'Step', scale: 'linear', integer: true, domain: [0, 9] },
  y: { label: 'Layer', scale: 'linear', integer: true },
  rows: [1, 2, 3],
  columns: steps,
  values: [
    [0, 0, 0, 0, NaN],
    [1e-6, 1e-5, 1e-4, 1e-50, NaN],
    [1, 10, 100, Infinity, NaN],
  ],
  valueLabel: '‖∂L/∂W‖',
};

export const histogram: HistogramSpec = {
  kind: 'histogram',
  x: { label: 'Activation', scale: 'linear' },
  panels: [
    { label: 'Layer 1', role: 'problem', edges: [-1, 0, 1], counts: [10, 30] },
    { label: 'Layer 2', role: 'cure', edges: [-1, 0.5, 1], counts: [30, 10], note: '3 % dead' },
  ],
};

export const examples: [string, ChartSpec][] = [
  ['a line chart', line],
  ['a heat map', heat],
  ['histograms', histogram],
  ['a line chart before its run', { ...line, series: [], references: [] }],
  ['a heat map before its run', { ...heat, columns: [], values: [[], [], []] }],
  ['histograms before their run', { ...histogram, panels: [] }],
];
