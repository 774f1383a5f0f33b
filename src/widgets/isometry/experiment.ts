import type { Engine, TrainingFrame } from '../../engine/types';
import { emptySpectrum, jacobianSpectra, withLayer, type Spectrum } from './jacobian';
import type { IsometryValues } from './params';
import { lanesOf, type IsometryLane } from './specs';

/** Pixels of a digit. */
const INPUT_SIZE = 64;
/** Work between two rests, so that the page can answer. */
const SLICE = 12;

const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function spectrumOf({ spec }: IsometryLane): Promise<Spectrum> {
  let spectrum = emptySpectrum();
  let since = performance.now();
  for (const { values } of jacobianSpectra(spec.network, INPUT_SIZE, spec.seed)) {
    spectrum = withLayer(spectrum, values);
    if (performance.now() - since < SLICE) continue;
    await rest();
    since = performance.now();
  }
  return spectrum;
}

/**
 * Takes the singular values of both networks as drawn, then trains them. The spectrum travels with
 * the first frame, one list for each of its names.
 */
export default async function* experiment(
  values: IsometryValues,
  engine: Engine,
): AsyncGenerator<TrainingFrame> {
  const lanes = lanesOf(values);
  const spectra: Record<string, Spectrum> = {};
  for (const lane of lanes) spectra[lane.name] = await spectrumOf(lane);
  const frames = engine.train(Object.fromEntries(lanes.map(({ name, spec }) => [name, spec])));
  let first = true;
  for await (const frame of frames) {
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
