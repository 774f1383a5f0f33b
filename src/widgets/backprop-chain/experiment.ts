import { backpropagate, type Chain } from './chain';
import { UNITS, type ChainValues } from './params';

/** The chain that the parameters describe: forward pass, backward pass and every factor. */
export default function experiment(values: ChainValues): Chain {
  const units = UNITS.slice(0, values.units);
  return backpropagate({
    weights: units.map((unit) => (values.each ? values[`w${unit}`] : values.w)),
    biases: units.map((unit) => (values.each ? values[`b${unit}`] : values.b)),
    input: values.input,
    target: values.t,
  });
}
