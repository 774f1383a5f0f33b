import type { NonFinite } from '../../engine/types';
import type { Words } from '../words/en';
import { tensorsIn } from '../words/networks';

/** Letters that a specification spells out. */
const letters: Record<string, string> = { gamma: 'γ', beta: 'β' };

/** A parameter's name in a specification: `Whf`, `W3`, `gamma2`, `bhn`. */
const parameter = /^(W|b|gamma|beta)([xhy]?[ifgorzn]?)(\d*)$/;

/** The symbol of a parameter as texts write it, to be set by `Lettering`: `Wh` is `W_h`, `gamma12` is `γ₁₂`. */
export function symbolOf(tensor: string): string {
  const [, letter, index, layer] = parameter.exec(tensor) ?? [];
  if (letter === undefined) return tensor;
  const lowered = [...layer!].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
  return `${letters[letter] ?? letter}${index && `_${index}`}${lowered}`;
}

/** What a step computes: a state with its gate and its place, a parameter, a norm's statistics; or a moment of one. */
const computed =
  /^(?<clipped>clipped )?(?<gradient>gradient of )?(?<kind>z|h|c|x|output|W|b|gamma|beta|runningMean|runningVariance)(?<index>[xhy]?[ifgorzn]?)\d*(?:\.(?<moment>\w+))?$/;

/**
 * Where a run broke, in words: `z5` is "the pre-activations of layer 5", `gradient of W1` "the weight gradient of
 * layer 1", `Whf` "the weights W_hf". What has no words keeps the name it has.
 */
export function tensorInWords(
  { tensor, layer, timeStep }: Pick<NonFinite, 'tensor' | 'layer' | 'timeStep'>,
  words: Words,
  count: (n: number) => string,
): string {
  const names = tensorsIn(words);
  const found = computed.exec(tensor)?.groups as Partial<Record<string, string>> | undefined;
  const index = found?.['index'] ?? '';
  const isParameter = /^(W|b)$/.test(found?.['kind'] ?? '');
  const what = found
    ? names.what({
        kind: found['kind']!,
        gradient: found['gradient'] !== undefined,
        clipped: found['clipped'] !== undefined,
        moment: found['moment'],
        // A gate's states are told apart by its name, a cell's parameters by their symbols.
        gate: isParameter ? '' : index,
        symbol: isParameter && index !== '' ? symbolOf(`${found['kind']}${index}`) : '',
      })
    : tensor;
  if (timeStep !== undefined) return names.atTimeStep(what, count(timeStep));
  // All layers of a cell's tensors are one; its symbol says which tensor it is.
  const inLayer = layer !== null && !(isParameter && index !== '');
  return inLayer ? names.ofLayer(what, count(layer)) : what;
}
