export interface CalibrateOptions {
  runs: number;
  seed: number;
  /** Which part of how many this process computes; null for all. */
  part: { index: number; of: number } | null;
  workers: number;
  write: boolean;
  /** File for the labelled logs, to judge them again without training. */
  keep: string | null;
  from: string | null;
  /** Runs the first runs again and compares what is found with the recorded calibration. */
  check: boolean;
  /** A finding whose wrongly judged runs are listed. */
  list: string | null;
}

const usage =
  'npm run calibrate -- [--runs 2000] [--seed 1] [--workers 2] [--part 0/2] [--list FINDING] [--keep FILE] [--from FILE] [--write] [--check]';

/** Reads the arguments; throws a sentence where one is wrong. */
export function readCalibrateOptions(args: string[]): CalibrateOptions {
  const options: CalibrateOptions = {
    runs: 2000,
    seed: 1,
    part: null,
    workers: 2,
    write: false,
    keep: null,
    from: null,
    check: false,
    list: null,
  };
  const whole = (name: string, text: string | undefined, least: number): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new Error(`${name} must be a whole number from ${least}: ${usage}`);
    return value;
  };
  for (let i = 0; i < args.length; i++) {
    const name = args[i]!;
    if (name === '--write') options.write = true;
    else if (name === '--check') options.check = true;
    else if (name === '--runs') options.runs = whole(name, args[++i], 2);
    else if (name === '--seed') options.seed = whole(name, args[++i], 0);
    else if (name === '--workers') options.workers = whole(name, args[++i], 1);
    else if (name === '--keep') options.keep = args[++i] ?? null;
    else if (name === '--from') options.from = args[++i] ?? null;
    else if (name === '--list') options.list = args[++i] ?? null;
    else if (name === '--part') {
      const [index, of] = (args[++i] ?? '').split('/');
      options.part = { index: whole(name, index, 0), of: whole(name, of, 1) };
    } else throw new Error(`There is no option ${name}: ${usage}`);
  }
  return options;
}
