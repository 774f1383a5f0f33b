import type { EngineService, ProgramReport } from '../../engine/types';
import type { ProgramValues } from './params';
import { specOf } from './summary';

/** How often every instruction is measured; the shortest time is shown. */
const ROUNDS = 3;

/** Captures the step and describes it, then measures it on this device. */
export default async function* experiment(
  values: ProgramValues,
  service: EngineService,
): AsyncGenerator<ProgramReport> {
  const spec = specOf(values);
  yield await service.program(spec);
  yield await service.program(spec, { rounds: ROUNDS });
}
