import { signalPassInLaw } from '../../engine/closedForms';
import { defaults } from '../../kit/codec';
import type { Survey } from '../../kit/widget';
import { params, type SignalSettings } from './params';
import { nothing, specOf, visited, WIDTH, withReport, type SignalResult } from './passes';

/** Layers computed between two breaths of the page. */
const LAYERS_A_BREATH = 2;

/** Lets the page draw and hear its reader. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A pass of half the width: enough for the browser to compile all that a pass in law runs through. */
const PREPARED_WIDTH = WIDTH / 2;

/** Draws the normals' first block and has the arithmetic compiled, a layer at a time. */
export async function prepare(): Promise<void> {
  const spec = { ...specOf(defaults(params)), width: PREPARED_WIDTH };
  for await (const _ of signalPassInLaw(spec)) await breathe();
}

/** Sends 16 inputs up and a gradient down, through real weights or in law. */
const experiment: Survey<SignalSettings, SignalResult> = async function* (
  settings,
  service,
  { backend },
) {
  const spec = specOf(settings);
  let result = nothing;
  if (settings.mode === 'law') {
    for await (const report of signalPassInLaw(spec)) {
      result = withReport(result, report);
      if (visited(result) % LAYERS_A_BREATH === 0) await breathe();
    }
    yield result;
    return;
  }
  for await (const { report, info } of service.signalPass(spec, { backend })) {
    result = { ...withReport(result, report), backend: info.backend };
    yield result;
  }
};

export default experiment;
