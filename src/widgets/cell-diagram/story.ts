/** What a unit does with its sequence, in sentences. */
import type { Say } from '../../kit/say';
import { arrivals, type Parts } from './parts';
import { keeper, keptToTheEnd, type Trace } from './trace';

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
  const at = `Time step ${say.count(timeStep)}`;
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

/** The whole sequence: what was shown and named, how long the unit kept it, and what came back. */
export function tellSequence(trace: Trace, say: Say): string {
  const told = short(say);
  const right = trace.named === trace.shown ? 'which is right' : 'which is wrong';
  const answer =
    `The sequence shows class ${say.count(trace.shown)} at time step 1. After ${say.count(trace.step)} steps of training the network names class ${say.count(trace.named)}, ${right}; ` +
    `it gives the class shown ${say.percent(trace.share)}.`;
  const gate = keeper(trace);
  const kept = keptToTheEnd(trace);
  const name = trace.cell === 'lstm' ? 'forget gate' : 'update gate';
  const gates =
    gate === undefined || kept === undefined
      ? ''
      : `Its ${name} lies between ${told(Math.min(...gate))} and ${told(Math.max(...gate))}, and alone leaves ${told(kept)} of the first memory at the end. `;
  const memory = `Its memory is ${told(trace.memory[0])} at time step 1 and ${told(trace.memory.at(-1))} at the last.`;
  const back = `On the way back the gradient of its memory is ${told(trace.memoryGradient.at(-1))} at the last time step and ${told(trace.memoryGradient[0])} at the first.`;
  return `${answer} Unit ${say.count(trace.unit)}: ${gates}${memory} ${back}`;
}
