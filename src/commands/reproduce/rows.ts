import type { EngineService } from '../../engine/types';
import { compare, type Verdict } from './compare';
import type { Comparison } from './comparison';
import { computed } from './formulas';
import { needsEveryStep, numberOf, statisticsFor } from './measures';
import type { ComputedSetting, Section, TrainedSetting } from './section';
import { trainSeeds } from './train';

/** One line of the report: what is compared, and how it came out. */
export interface Row extends Verdict {
  section: number;
  setting: string;
  quantity: string;
}

/** A comparison and a number for each seed. */
interface Measured {
  compared: { quantity: string } & Comparison;
  numbers: number[];
}

/** Trains or computes every setting of a section and compares it. */
export async function rowsOf(
  { section, settings }: Section,
  service: EngineService,
  seeds: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const setting of settings) {
    const measured =
      'spec' in setting ? await train(setting, service, seeds) : compute(setting, seeds);
    for (const { compared, numbers } of measured)
      rows.push({
        section,
        setting: setting.name,
        quantity: compared.quantity,
        ...compare(compared, numbers),
      });
  }
  return rows;
}

async function train(
  { spec, compared, seedsTimes = 1 }: TrainedSetting,
  service: EngineService,
  seeds: number,
): Promise<Measured[]> {
  const measures = compared.map(({ of }) => of);
  const runs = await trainSeeds(service, spec, seeds * seedsTimes, {
    statistics: statisticsFor(measures),
    everyStep: needsEveryStep(measures),
  });
  return compared.map((one) => ({
    compared: one,
    numbers: runs.map((run) => numberOf(one.of, run)),
  }));
}

const compute = ({ compared }: ComputedSetting, seeds: number): Measured[] =>
  compared.map((one) => ({ compared: one, numbers: computed(one.of, seeds) }));
