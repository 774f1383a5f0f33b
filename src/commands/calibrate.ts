/**
 * `npm run calibrate [-- --runs 2000] [--seed 1] [--workers 2] [--list FINDING|all] [--write]`: trains labelled
 * runs with the engine, writes each as a log, and counts how often the check-up is right. The runs with even
 * numbers choose the thresholds, the others give the table. With `--write` it goes to
 * src/checkup/calibration.json, which the page shows. `--part 0/2` computes a part and prints it as JSON.
 * `--keep FILE` keeps the labelled logs, and `--from FILE` judges them again without training.
 * `--check` runs the first fifty of the recorded calibration again and fails where something else is found.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { thresholds } from '../checkup/find/thresholds';
import { chooseThresholds } from './calibrate/choose';
import { observe, type Observation } from './calibrate/observe';
import { readCalibrateOptions } from './calibrate/options';
import { inParts } from './calibrate/parts';
import { SAMPLE, sampleOf, tableLines, tableOf, type CalibrationTable } from './calibrate/table';

const FILE = 'src/checkup/calibration.json';

export default async function calibrate(args: string[]): Promise<void> {
  const options = readCalibrateOptions(args);
  const { part, workers, runs, seed, list, write } = options;
  if (part !== null) {
    process.stdout.write(JSON.stringify(await observe(options)));
    return;
  }
  if (options.check) return check(options);
  const started = Date.now();
  const observations =
    options.from !== null
      ? (JSON.parse(readFileSync(options.from, 'utf8')) as Observation[])
      : workers > 1
        ? await inParts(options)
        : await observe(options);
  if (options.keep !== null) writeFileSync(options.keep, JSON.stringify(observations));
  const chosen = chooseThresholds(observations.filter(({ index }) => index % 2 === 0));
  const table = tableOf(
    observations.filter(({ index }) => index % 2 === 1),
    { runs, seed, chosen, sample: sampleOf(observations, chosen.limits) },
    (id, { about }, truth) => {
      if (id === list || list === 'all')
        console.log(`${id} ${truth ? 'missed' : 'false alarm'}: ${about}`);
    },
  );
  for (const line of tableLines(table)) console.log(line);
  console.log(`${observations.length} runs in ${Math.round((Date.now() - started) / 1000)} s.`);
  if (write) writeFileSync(FILE, `${JSON.stringify(table, null, 2)}\n`);
}

/** Throws a sentence where the first runs of the recorded calibration give something else. */
async function check(options: ReturnType<typeof readCalibrateOptions>): Promise<void> {
  const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as CalibrationTable;
  const observations = await observe({ ...options, runs: SAMPLE, seed: recorded.seed });
  const other = sampleOf(observations, thresholds).flatMap((found, run) =>
    found === recorded.sample[run]
      ? []
      : [`run ${run}: ${found || 'nothing'}, recorded ${recorded.sample[run] || 'nothing'}`],
  );
  if (other.length > 0)
    throw new Error(
      `The calibration is out of date (npm run calibrate -- --write): ${other.join('; ')}.`,
    );
  console.log(`The first ${SAMPLE} runs give what is recorded.`);
}
