import { parseArgs } from 'node:util';
import type { BackendName } from '../../engine/types';
import { backends, oneOf, wholeNumber } from '../experiment/options';

/** What the command was told. */
export interface Options {
  seeds: number;
  backend: BackendName;
  /** The one section to measure; undefined where all are. */
  only: number | undefined;
}

/**
 * Reads the arguments. Throws a sentence that names what is wrong and what is allowed.
 *
 * @param sections the numbers of the sections that there are.
 */
export function readOptions(args: string[], sections: readonly number[]): Options {
  const { values: given } = parseArgs({
    args,
    options: {
      seeds: { type: 'string', default: '10' },
      backend: { type: 'string', default: 'captured' },
      only: { type: 'string' },
    },
  });
  return {
    seeds: wholeNumber(given.seeds, '--seeds'),
    backend: oneOf(backends, given.backend, '--backend'),
    only:
      given.only === undefined
        ? undefined
        : Number(oneOf(sections.map(String), given.only, '--only')),
  };
}
