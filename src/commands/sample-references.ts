/**
 * `node src/commands/run.ts sample-references`: cuts the sample of reference cases that the widget
 * golden-check runs in the reader's browser out of tests/golden.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GoldenCase, GoldenFile } from '../engine/golden/case.ts';
import { neededCases } from '../widgets/golden-check/groups.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Digits kept of a number. Nine give every float32 input back exactly; what is expected moves by at
 * most 5e-9 of itself, a two-thousandth of the narrowest tolerance.
 */
const DIGITS = 9;

/** The cases that the widget needs, with the updates of the optimizers that it shows. */
export function sampleOf(cases: readonly GoldenCase[]): GoldenCase[] {
  return [...neededCases()].map(([name, optimizers]) => {
    const found = cases.find((one) => one.name === name);
    if (found === undefined) throw new Error(`tests/golden has no case "${name}".`);
    const steps = found.expected.steps.filter(({ optimizer }) =>
      optimizers.includes(String(optimizer['kind'])),
    );
    return rounded({ ...found, expected: { ...found.expected, steps } });
  });
}

/** The same value with numbers of nine digits; the inputs, which a case computes from, as float32. */
function rounded(golden: GoldenCase): GoldenCase {
  const { x, y, params, ...rest } = golden;
  const inputs = short({ x, y, params }, Math.fround);
  return { ...short(rest, (number) => number), ...inputs };
}

function short<T>(value: T, store: (number: number) => number): T {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) =>
      typeof one === 'number' ? Number(store(one).toPrecision(DIGITS)) : one,
    ),
  ) as T;
}

export default async function sampleReferences(): Promise<void> {
  const folder = `${root}tests/golden/`;
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const cases = files.flatMap(
    (name) => (JSON.parse(readFileSync(folder + name, 'utf8')) as GoldenFile).cases ?? [],
  );
  const lines = sampleOf(cases).map((one) => JSON.stringify(one));
  writeFileSync(`${root}src/widgets/golden-check/cases.json`, `[\n${lines.join(',\n')}\n]\n`);
}
