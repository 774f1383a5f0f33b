import type { LaneFrame } from '../../engine/types';
import type { Survey } from '../../kit/widget';
import {
  lookedAt,
  nothing,
  specsOf,
  STATISTICS,
  type Looked,
  type NetworkName,
  type PathResult,
} from './networks';
import type { PathSettings } from './params';

/** Steps from one look to the next: each look takes as long as some dozens of them. */
const STEPS_A_LOOK = 100;

/** Trains both networks as far as the settings say, and looks at the ways through them as it goes. */
const experiment: Survey<PathSettings, PathResult> = async function* (
  settings,
  service,
  { backend },
) {
  const specs = specsOf(settings);
  const session = service.session({
    ...(backend && { backend }),
    pace: () => ({ steps: STEPS_A_LOOK, milliseconds: 1000 }),
  });
  let result = nothing;
  try {
    const frames = session.train(specs, { statistics: STATISTICS, every: STEPS_A_LOOK });
    for await (const { lanes } of frames) {
      const networks = { ...result.networks };
      for (const [name, frame] of Object.entries(lanes) as [NetworkName, LaneFrame][])
        networks[name] = look(networks[name], name, frame);
      const { backend } = await session.info();
      result = { networks, step: Math.max(result.step, ...stepsOf(lanes)), backend };
      yield result;
    }
  } finally {
    session.close();
  }

  /** A network that has broken is shown as it was when last seen whole. */
  function look(before: Looked | null, name: NetworkName, frame: LaneFrame): Looked {
    const { firstNonFinite } = frame;
    if (firstNonFinite !== null && before !== null)
      return { ...before, broke: firstNonFinite.step };
    return { ...lookedAt(specs[name].network, frame), broke: firstNonFinite?.step ?? null };
  }
};
export default experiment;

const stepsOf = (lanes: Record<string, LaneFrame>): number[] =>
  Object.values(lanes).map(({ step }) => step);
