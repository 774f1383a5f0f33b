import { sayFor } from '../../kit/say';
import { specIn } from '../../kit/words/networks';
import type { Given } from './given';
import type { Quantity } from './quantity';

/** The name of a value without that of its network: "finalLoss" for "tanh.finalLoss". */
export const suffixOf = (value: string): string => value.slice(value.indexOf('.') + 1);

/** The network that a value belongs to: "tanh" for "tanh.finalLoss"; the first one has no name. */
export const networkOf = (value: string): string =>
  value.includes('.') ? value.slice(0, value.indexOf('.')) : 'problem';

/** What prose calls a network: an activation function by its name in the middle of a sentence. */
export function networkInWords(name: string, { widget, settings, locale }: Given): string {
  const lanes = widget.kind === 'training' ? widget.lanes(settings, sayFor(locale)) : [];
  const label = lanes.find((lane) => lane.name === name)?.label ?? name;
  return nameInWords(name, label, locale);
}

/** The name of an activation function as prose writes it, else the label. */
export const nameInWords = (name: string, label: string, locale: string): string =>
  (specIn({ locale }).activations as Record<string, string>)[name] ?? label;

/** "final loss" for finalLoss, "final loss of tanh" for tanh.finalLoss, "accuracy3, entry 4" for accuracy3[4]. */
export function valueInWords(value: string, given: Given): string {
  const words = suffixOf(value)
    .replace(/\[(\d+)\]$/, ', entry $1')
    .replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return value.includes('.') ? `${words} of ${networkInWords(networkOf(value), given)}` : words;
}

/** A quantity in words: "plateau steps over plateau steps of sigmoid, depth 3". */
export function quantityInWords({ value, at, over }: Quantity, given: Given): string {
  const entry = at === undefined ? '' : `, entry ${at}`;
  const divided = over === undefined ? '' : ` over ${valueInWords(over, given)}`;
  return `${valueInWords(value, given)}${entry}${divided}`;
}
