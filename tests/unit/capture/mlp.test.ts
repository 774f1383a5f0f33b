import { beforeAll, expect, it } from 'vitest';
import { Replay } from '../../../src/engine/capture/index.ts';
import {
  initialValues,
  mlpStep,
  programOf,
  runCaptured,
  runEagerly,
  useCpu,
  worstDeviation,
} from './steps.ts';

beforeAll(useCpu);

it('replays thirty layers as the cpu backend computes them', async () => {
  const test = mlpStep({ input: 2, width: 32, depth: 30, output: 1, batch: 64 });
  const { state, feeds } = initialValues(test);
  const expected = runEagerly(test, state, () => feeds, 1);
  const actual = await runCaptured(test, state, () => feeds, 1);
  const worst = worstDeviation(actual, expected);
  console.log(worst);
  const program = programOf(test, ['loss']);
  console.log(
    program.kernelCalls,
    program.listing.length,
    program.arenaFloats * 4,
    program.instructions.length,
  );
  console.log(
    program.listing
      .slice(0, 12)
      .map((l) => l.text)
      .join('\n'),
  );
  console.log(
    program.listing
      .slice(-100)
      .map((l) => (l.frameOnly ? 'F ' : '') + l.text)
      .join('\n'),
  );
  expect(worst.value).toBeLessThan(2e-5);
  const replay = await Replay.create({ ...program });
  const arena = replay.arena();
  arena.writeState(state);
  const feed = arena.feeds();
  for (const [name, v] of Object.entries(feeds)) feed[name]!.set(v);
  for (let r = 0; r < 8; r++) {
    const t = performance.now();
    arena.run(400, undefined, false);
    console.log('ms/step', (performance.now() - t) / 400);
  }
});
