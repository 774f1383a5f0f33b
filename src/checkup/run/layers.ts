import type { Series } from './run.ts';

/** The numbers in a name, by which layers are ordered: `layers.10.weight` comes behind `layers.9.weight`. */
const numbersIn = (name: string): number[] =>
  [...name.matchAll(/\d+/g)].map(([digits]) => Number(digits));

function natural(a: string, b: string): number {
  const left = numbersIn(a);
  const right = numbersIn(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const isBias = (name: string): boolean => /bias|beta\b/i.test(name);
const isNormalization = (name: string): boolean =>
  /(?:^|[._/])(?:bn|ln|norm|layernorm|layer_norm|batchnorm|batch_norm|rmsnorm)\d*(?=[._/]|$)/i.test(
    name.replace(/grad(?:ients?)?[_ ]?(?:\d+(?:\.\d+)?[_ ])?norm/gi, ''),
  );

/** Norm of a logger's own name, which is no layer's number: `grad_2.0_norm/`, `gradients/`. */
const withoutMetric = (name: string): string =>
  name.replace(/^(?:train[./])?(?:grad(?:ient)?s?[_ ]?(?:\d+(?:\.\d+)?|l2|inf)?[_ ]?norm)/i, '');

/**
 * The layers that form one sequence, from input to output: weights alone, in natural order of their names.
 * Where several kinds of weights repeat (queries, keys), the kind with the most members speaks; parameters
 * that stand alone (an embedding, a head) are no part of it. With `given`, the file's own order counts.
 */
export function orderedLayers(layers: Series[], given: readonly string[] | undefined): Series[] {
  if (given) return layers;
  const weights = layers.filter(({ name }) => !isBias(name) && !isNormalization(name));
  const kinds = new Map<string, Series[]>();
  for (const layer of weights) {
    const kind = withoutMetric(layer.name).replace(/\d+/g, '#');
    const same = kinds.get(kind);
    if (same) same.push(layer);
    else kinds.set(kind, [layer]);
  }
  const [most] = [...kinds.entries()].sort(([, a], [, b]) => b.length - a.length);
  if (!most || most[1].length < 2) return [];
  const [kind, members] = most;
  // Keras calls the first `dense` and the next `dense_1`.
  const unnumbered = weights.find(
    ({ name }) => withoutMetric(name) === kind.replace(/[._]#/, '') && !/#.*#/.test(kind),
  );
  const sequence = [...members].sort((a, b) =>
    natural(withoutMetric(a.name), withoutMetric(b.name)),
  );
  return unnumbered && !members.includes(unnumbered) ? [unnumbered, ...sequence] : sequence;
}
