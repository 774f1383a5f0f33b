/** What a unit does with its sequence, in sentences. */
import type { Say } from '../../kit/say';
import { arrivals, type Parts } from './parts';
import { keeper, keptToTheEnd, markedSteps, type Trace } from './trace';

const short = (say: Say) => (value: number | undefined) => say.number(value ?? NaN, 2);

/** What happens at one time step, as it is read in a direction. */
export function tellTimeStep(
  trace: Trace,
  parts: Parts,
  timeStep: number,
  backwards: boolean,
  say: Say,
): string {
  const told = short(say);
  const of = (part: keyof Parts): string => told(parts[part]?.value);
  const slope = (part: keyof Parts): string => told(parts[part]?.gradient);
  const read = trace.input[timeStep - 1];
  const at =
    `Time step ${say.count(timeStep)}` +
    (backwards || read === undefined
      ? ''
      : `, ${read.marked ? 'marked' : 'not marked'}, reads ${told(read.number)}`);
  if (backwards) {
    if (trace.cell === 'lstm') {
      const { later, output } = arrivals(trace, timeStep);
      return (
        `${at}, backwards: the memory’s gradient is ${slope('memory')}, of which ${told(output)} comes from the output of this time step ` +
        `and ${told(later)} along the memory from the next. The forget gate passes ${of('f')} of it on, ${slope('memoryBefore')}; ` +
        'the rest goes to the gates and the candidate.'
      );
    }
    if (trace.cell === 'rnn')
      return (
        `${at}, backwards: the output’s gradient is ${slope('h')}, and the slope of tanh leaves ${slope('sum')} of it. ` +
        'All of that goes back through the recurrent weights.'
      );
    return (
      `${at}, backwards: the output’s gradient is ${slope('h')}. The update gate passes ${of('z')} of it on along the memory, ${slope('memoryBefore')}, ` +
      `and the candidate gets ${slope('g')}.`
    );
  }
  if (trace.cell === 'lstm')
    return (
      `${at}: the forget gate keeps ${of('f')} of the memory ${of('memoryBefore')}, and the input gate lets in ${of('i')} of the candidate ${of('g')}. ` +
      `The memory becomes ${of('memory')}; the output gate shows ${of('o')} of its tanh, ${of('h')}.`
    );
  if (trace.cell === 'rnn')
    return `${at}: the weighted sum of input and last output is ${of('sum')}, and its tanh is the new output, ${of('h')}.`;
  return (
    `${at}: the update gate keeps ${of('z')} of the memory ${of('before')} and takes the rest from the candidate ${of('g')}. ` +
    `The reset gate let the candidate see ${of('r')} of the state. The output is ${of('h')}.`
  );
}

/** The whole sequence: what was to be added and what was said, how long the unit kept it, and what came back. */
export function tellSequence(trace: Trace, say: Say): string {
  const told = short(say);
  const marked = markedSteps(trace);
  const numbers = marked
    .map((t) => `${told(trace.input[t - 1]!.number)} at time step ${say.count(t)}`)
    .join(' and ');
  const answer =
    `Marked are ${numbers}, and their sum is ${told(trace.sum)}. ` +
    `After ${say.count(trace.step)} steps of training the network says ${told(trace.said)}.`;
  const gate = keeper(trace);
  const kept = keptToTheEnd(trace);
  const name = trace.cell === 'lstm' ? 'forget gate' : 'update gate';
  const others = (list: readonly number[]) => list.filter((_, t) => !trace.input[t]!.marked);
  const at = (list: readonly number[]) => list.filter((_, t) => trace.input[t]!.marked);
  const range = (list: readonly number[]): string =>
    `${told(Math.min(...list))} to ${told(Math.max(...list))}`;
  const gates =
    gate === undefined || kept === undefined
      ? ''
      : `Its ${name} is at ${range(at(gate))} where a number is marked and at ${range(others(gate))} elsewhere; from the first marked one to the end it leaves ${told(kept)}. `;
  const input = trace.gates.i;
  const writes = input
    ? `Its input gate is at ${range(at(input))} and at ${range(others(input))}. `
    : '';
  const memory = `Its memory ends at ${told(trace.memory.at(-1))}.`;
  const back = `On the way back the gradient of its memory is ${told(trace.memoryGradient.at(-1))} at the last time step and ${told(trace.memoryGradient[0])} at the first.`;
  return `${answer} Unit ${say.count(trace.unit)}: ${gates}${writes}${memory} ${back}`;
}
