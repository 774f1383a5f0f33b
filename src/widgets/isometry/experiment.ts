import type { Engine, TrainingFrame } from '../../engine/types';
import type { IsometryValues } from './params';
import { lanesOf } from './specs';
import { spectrumOf, type Spectrum } from './spectrum';

/**
 * Takes the singular values of both networks as drawn, then trains them. The spectrum travels with
 * the first frame, one list for each of its names.
 */
export default async function* experiment(
  values: IsometryValues,
  engine: Engine,
): AsyncGenerator<TrainingFrame> {
  const lanes = lanesOf(values);
  const named = (steps: number) =>
    Object.fromEntries(lanes.map(({ name, spec }) => [name, { ...spec, steps }]));
  const spectra: Record<string, Spectrum> = {};
  const name = 'jacobianSingularValues';
  for await (const frame of engine.train(named(0), { statistics: [name] })) {
    for (const [lane, { extra }] of Object.entries(frame.lanes))
      spectra[lane] = spectrumOf(extra![name]!, values.depth);
  }
  let first = true;
  for await (const frame of engine.train(named(values.steps))) {
    yield first ? withSpectra(frame, spectra) : frame;
    first = false;
  }
}

function withSpectra(frame: TrainingFrame, spectra: Record<string, Spectrum>): TrainingFrame {
  const lanes = Object.entries(frame.lanes).map(([name, lane]) => [
    name,
    { ...lane, extra: { ...lane.extra, ...spectra[name] } },
  ]);
  return { ...frame, lanes: Object.fromEntries(lanes) as TrainingFrame['lanes'] };
}
