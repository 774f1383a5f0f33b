import type { GoldenCase, GoldenTensor } from '../../src/engine/golden/case';
import { parse } from '../../src/engine/json';

/** The tables of the format, which are no training cases, each with the type of one of its entries. */
export interface TableEntries {
  prng: {
    seed: number;
    u32: number[];
    normal: number[];
    quantised_half_std: number[];
    int10: number[];
  };
  activation_table: { act: string; x: number[]; value: number[]; derivative: number[] };
  softmax_ce: {
    name: string;
    logits: GoldenTensor;
    labels: number[];
    loss: number;
    dlogits: GoldenTensor;
  };
  mse: { output: GoldenTensor; target: GoldenTensor; loss: number; doutput: GoldenTensor };
  scalar_chain: {
    a0: number;
    w: number[];
    b: number[];
    target: number;
    z: number[];
    a: number[];
    sigmoid_prime: number[];
    J: number;
    dJ_da4: number;
    dJ_db: number[];
    dJ_dw: number[];
  };
  cliff: {
    points: { w: number; b: number; E: number; dE_dw: number; dE_db: number; x50: number }[];
    trajectories: {
      start: [number, number];
      lr: number;
      clip_norm: number | null;
      columns: string[];
      rows: number[][];
    }[];
  };
  mean_field: {
    act: string;
    sigma_w: number;
    sigma_b: number;
    q_star: number;
    chi_at_q_star: number;
  };
  forward_std_theory: {
    act: string;
    gain: number;
    input_second_moment: number;
    mean_std_per_layer: [number, number][];
  };
}

export type Tables = { [Name in keyof TableEntries]: TableEntries[Name][] };

/** What the files of a folder hold together; a table that no file has is empty. */
export interface Contents {
  cases: GoldenCase[];
  tables: Tables;
}

type GoldenFile = { format?: string; cases?: GoldenCase[] } & {
  [Name in keyof TableEntries]?: TableEntries[Name] | TableEntries[Name][];
};

/**
 * The cases and tables of a folder's files, whatever the files are called. Throws a sentence where a
 * file is no JSON, is of another format, or holds neither, and where there is no file.
 */
export function contentsOf(
  files: readonly { name: string; text: string }[],
  folder: string,
): Contents {
  if (files.length === 0) throw new Error(`${folder} holds no .json file.`);
  const tables: Tables = {
    prng: [],
    activation_table: [],
    softmax_ce: [],
    mse: [],
    scalar_chain: [],
    cliff: [],
    mean_field: [],
    forward_std_theory: [],
  };
  const names = Object.keys(tables) as (keyof TableEntries)[];
  const cases: GoldenCase[] = [];
  for (const { name, text } of files) {
    const file = read(name, text);
    if (file.format !== 'vanish-golden-1') {
      throw new Error(`${name} is of format ${file.format}; this test reads vanish-golden-1.`);
    }
    const found = names.filter((table) => file[table] !== undefined);
    if (found.length === 0 && !file.cases?.length) {
      throw new Error(
        `${name} holds neither cases nor one of the tables ${names.join(', ')}; nothing of it would be tested.`,
      );
    }
    cases.push(...(file.cases ?? []));
    for (const table of found) (tables[table] as unknown[]).push(...[file[table]].flat());
  }
  return { cases, tables };
}

function read(name: string, text: string): GoldenFile {
  try {
    return parse(text) as GoldenFile;
  } catch (error) {
    throw new Error(`${name} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
