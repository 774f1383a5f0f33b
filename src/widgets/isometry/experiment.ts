import type { MlpSpec, TrainingFrame } from '../../engine/types';
import type { TrainingExperiment } from '../../kit/widget';
import { spectrumOf, type Spectrum } from '../../kit/training';

const STATISTIC = 'jacobianSingularValues';

/**
 * Takes the singular values of the networks as drawn, then trains them. The spectrum travels with the
 * first frame, one list for each of its names.
 */
const experiment: TrainingExperiment = async function* (specs, engine) {
  const drawn = mapped(specs, (spec) => ({ ...spec, steps: 0 }));
  let spectra: Record<string, Spectrum> = {};
  for await (const { lanes } of engine.train(drawn, { statistics: [STATISTIC] }))
    spectra = mapped(lanes, ({ extra }, name) =>
      spectrumOf(extra![STATISTIC]!, (specs[name]!.network as MlpSpec).depth),
    );
  let first = true;
  for await (const frame of engine.train(specs)) {
    yield first ? withSpectra(frame, spectra) : frame;
    first = false;
  }
};
export default experiment;

const withSpectra = (frame: TrainingFrame, spectra: Record<string, Spectrum>): TrainingFrame => ({
  ...frame,
  lanes: mapped(frame.lanes, (lane, name) => ({
    ...lane,
    extra: { ...lane.extra, ...spectra[name] },
  })),
});

const mapped = <T, U>(
  lanes: Record<string, T>,
  change: (lane: T, name: string) => U,
): Record<string, U> =>
  Object.fromEntries(Object.entries(lanes).map(([name, lane]) => [name, change(lane, name)]));
