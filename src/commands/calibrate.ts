/**
 * `npm run calibrate [-- --runs 2000] [--seed 1] [--workers 2] [--list FINDING|all] [--write]`: trains labelled
 * runs with the engine, writes each as a log, and counts how often the check-up is right. The runs with even
 * numbers choose the thresholds, the others give the table. With `--write` it goes to
 * src/checkup/calibration.json, which the page shows. `--part 0/2` computes a part and prints it as JSON.
 */
import { writeFileSync } from 'node:fs';
import { chooseThresholds } from './calibrate/choose';
import { observe } from './calibrate/observe';
import { readCalibrateOptions } from './calibrate/options';
import { inParts } from './calibrate/parts';
import { tableLines, tableOf } from './calibrate/table';

const FILE = 'src/checkup/calibration.json';

export default async function calibrate(args: string[]): Promise<void> {
  const options = readCalibrateOptions(args);
  const { part, workers, runs, seed, list, write } = options;
  if (part !== null) {
    process.stdout.write(JSON.stringify(await observe(options)));
    return;
  }
  const started = Date.now();
  const observations = workers > 1 ? await inParts(options) : await observe(options);
  const chosen = chooseThresholds(observations.filter(({ index }) => index % 2 === 0));
  const table = tableOf(
    observations.filter(({ index }) => index % 2 === 1),
    { runs, seed, chosen },
    (id, { about }, truth) => {
      if (id === list || list === 'all')
        console.log(`${id} ${truth ? 'missed' : 'false alarm'}: ${about}`);
    },
  );
  for (const line of tableLines(table)) console.log(line);
  console.log(`${observations.length} runs in ${Math.round((Date.now() - started) / 1000)} s.`);
  if (write) writeFileSync(FILE, `${JSON.stringify(table, null, 2)}\n`);
}
