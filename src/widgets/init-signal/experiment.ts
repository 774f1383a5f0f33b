import { signalPassInLaw } from '../../engine/closedForms';
import type { BackendName, EngineService } from '../../engine/types';
import type { SignalValues } from './params';
import { nothing, specOf, visited, withReport, type SignalResult } from './passes';

/** Layers computed between two breaths of the page. */
const LAYERS_A_BREATH = 2;

/** Lets the page draw and hear its reader. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Sends 16 inputs up and a gradient down, through real weights or in law. */
export default async function* experiment(
  values: SignalValues,
  service: EngineService,
  { backend }: { backend?: BackendName | undefined },
): AsyncGenerator<SignalResult> {
  const spec = specOf(values);
  let result = nothing;
  if (values.mode === 'law') {
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
}
