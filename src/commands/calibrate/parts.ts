import { spawn } from 'node:child_process';
import type { Observation } from './observe';
import type { CalibrateOptions } from './options';

/** Computes the runs in as many processes as there are workers. */
export async function inParts(options: CalibrateOptions): Promise<Observation[]> {
  const parts = await Promise.all(
    Array.from({ length: options.workers }, (_, index) => inProcess(options, index)),
  );
  return parts.flat().sort((a, b) => a.index - b.index);
}

function inProcess(
  { runs, seed, workers }: CalibrateOptions,
  index: number,
): Promise<Observation[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        'src/commands/run.ts',
        'calibrate',
        ...['--runs', String(runs), '--seed', String(seed), '--part', `${index}/${workers}`],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(pieces).toString()) as Observation[]);
      else reject(new Error(`Part ${index} ended with code ${code}.`));
    });
  });
}
