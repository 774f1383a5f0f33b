import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of the unit tests that take longest, the longest first. One that came last would run alone, with
 * every other core idle. A name that is missing here costs time, and nothing else.
 */
const longest = [
  'kit/recordings.test.ts',
  'capture/parity.test.ts',
  'capture/engine.test.ts',
  'engine/agreement.test.ts',
  'commands/newcomer.test.ts',
  'widgets/varianceLab.test.ts',
  'engine/bands.test.ts',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((name) => moduleId.endsWith(`/tests/unit/${name}`));
  return place < 0 ? longest.length : place;
};

/** Starts what takes long before what does not, on every machine in the same order. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(
      files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1)),
    );
  }
}
