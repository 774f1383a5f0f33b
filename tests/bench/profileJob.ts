/** Runs inside the browser: where the time of the captured step of J30 goes. */
import { createPageService } from '../../src/engine/withoutWorker';
import { jobs, specOf } from './networks';

export interface ProfileMeasured {
  job: string;
  /** Microseconds of the whole step, and of its instructions by kernel, the greatest first. */
  step: number;
  kernels: { kernel: string; instructions: number; microseconds: number }[];
}

const ROUNDS = 5;

/** Times the instructions that run in every step, each alone. */
export async function profileJ30(): Promise<ProfileMeasured> {
  const job = jobs.find(({ name }) => name === 'J30')!;
  const service = createPageService();
  const { instructions, profile } = await service.program(specOf(job), { rounds: ROUNDS });
  service.close();
  const kernels = new Map<string, { kernel: string; instructions: number; microseconds: number }>();
  instructions.forEach(({ kernel, frameOnly }, i) => {
    if (frameOnly) return;
    const sum = kernels.get(kernel) ?? { kernel, instructions: 0, microseconds: 0 };
    sum.instructions++;
    sum.microseconds += profile!.instructionMicroseconds[i]!;
    kernels.set(kernel, sum);
  });
  return {
    job: job.name,
    step: profile!.stepMicroseconds,
    kernels: [...kernels.values()].sort((a, b) => b.microseconds - a.microseconds),
  };
}
