import { backpropagate, type Chain } from './chain';
import { UNITS, type ChainSettings } from './params';

/** The chain that the parameters describe: forward pass, backward pass and every factor. */
export default function experiment(settings: ChainSettings): Chain {
  const units = UNITS.slice(0, settings.units);
  return backpropagate({
    weights: units.map((unit) => (settings.each ? settings[`w${unit}`] : settings.w)),
    biases: units.map((unit) => (settings.each ? settings[`b${unit}`] : settings.b)),
    input: settings.input,
    target: settings.t,
  });
}
