import { readFileSync } from 'node:fs';
import type { TrainingSpec } from '../../engine/types';
import { runOf } from '../../kit/training/run';
import { sayFor } from '../../kit/say';
import { finalWeightGradientNorm, values } from '../../kit/training/values';
import type { NamedValues, TrainingResult } from '../../kit/widget';

/** What the network of a specification is called among its results. */
export const RUN = 'run';

/**
 * The specification that a file holds, with `--set network.depth=30` applied; values are JSON, or else
 * text. Throws a sentence where the file cannot be read or is not JSON.
 */
export function readSpec(file: string, set: Record<string, string>): TrainingSpec {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`--spec is ${file}, which cannot be read; allowed: a JSON file.`);
  }
  let spec: Record<string, unknown>;
  try {
    spec = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  return withSettings(spec, set);
}

function withSettings(spec: Record<string, unknown>, set: Record<string, string>): TrainingSpec {
  for (const [path, text] of Object.entries(set)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let at = spec;
    for (const key of keys) {
      if (at[key] === null || typeof at[key] !== 'object') at[key] = {};
      at = at[key] as Record<string, unknown>;
    }
    at[last] = literal(text);
  }
  return spec as unknown as TrainingSpec;
}

function literal(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const capitalized = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/**
 * The named numbers of a run given by a specification: the standard values, the last batch's loss and norms,
 * and of its extra statistics the first and last frame.
 */
export function valuesOf(spec: TrainingSpec, result: TrainingResult): NamedValues {
  const lane = { name: RUN, label: RUN, role: 'neutral', spec } as const;
  const [ran] = runOf({}, [lane], result, sayFor()).lanes;
  if (ran === undefined) return {};
  const { loss, signalGradientNorm, extra } = ran.result;
  return {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value(ran)])),
    lastLoss: loss.at(-1) ?? NaN,
    finalSignalGradientNorm: signalGradientNorm.at(-1) ?? [],
    finalWeightGradientNorm: finalWeightGradientNorm(ran),
    ...Object.fromEntries(
      Object.entries(extra).flatMap(([name, byFrame]) => [
        [`initial${capitalized(name)}`, byFrame[0] ?? []],
        [`final${capitalized(name)}`, byFrame.at(-1) ?? []],
      ]),
    ),
  };
}
