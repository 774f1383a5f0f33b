import type { EngineService, ProgramReport } from '../../engine/types';
import type { ProgramSettings } from './params';
import { specOf } from './summary';

/** How often every instruction is measured; the shortest time is shown. */
const ROUNDS = 3;

/** Captures the step and describes it, then measures it on this device. */
export default async function* experiment(
  settings: ProgramSettings,
  service: EngineService,
): AsyncGenerator<ProgramReport> {
  const spec = specOf(settings);
  yield await service.program(spec);
  yield await service.program(spec, { rounds: ROUNDS });
}
