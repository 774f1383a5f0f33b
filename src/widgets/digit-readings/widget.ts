import {
  contrast,
  defineTraining,
  digits,
  exampleOf,
  figures,
  preset,
  values,
} from '../../kit/training';
import { params } from './params';
import { readingsAt, rightOf } from './readings';

const examples = Array.from({ length: 10 }, (_, digit) => exampleOf(`${digit}`));

export default defineTraining({
  id: 'digit-readings',
  version: 1,
  title: 'What the networks see, and what they read',
  summary:
    'Ten images that neither network is trained on, and what each network reads in them before and after its training.',
  chapter: 'vanishing-gradients',
  params,
  presets: {
    problem: preset('Ten layers', 'Ten hidden layers beside two.'),
    cure: preset('Two layers', 'Both networks have two hidden layers, and are the same.', {
      depth: 2,
    }),
  },
  lanes: (settings) => {
    const sigmoid = (name: 'problem' | 'control', depth: number) => ({
      name,
      label: `Sigmoid, depth ${depth}`,
      role: name,
      spec: {
        ...digits(
          {
            ...{ depth, width: settings.width, activation: 'sigmoid' },
            initializer: { kind: 'glorotNormal' },
            optimizer: { kind: 'momentum', learningRate: settings.learningRate },
          },
          settings,
        ),
        examples,
      },
    });
    return [sigmoid('problem', settings.depth), sigmoid('control', settings.controlDepth)];
  },
  view: () => import('./View.svelte'),
  drawing: 'The images, and what is read in them',
  statistics: ['exampleInput', 'exampleOutput', 'exampleTarget'],
  figures: [figures.loss({ caption: 'A network that guesses stays at ln 10.', reaches: 3 })],
  values: {
    finalLoss: values.finalLoss,
    testAccuracy: values.testAccuracy,
    rightBefore: ({ result }) => rightOf(readingsAt(result, 0)),
    rightAfter: ({ result }) => rightOf(readingsAt(result, -1)),
  },
  recorded: { frames: 2 },
  contrast: contrast('problem: rightAfter', 'problem: control.rightAfter', { larger: 2 }),
  tell: (lane, say) => {
    const [before, after] = [0, -1].map((frame) =>
      say.count(rightOf(readingsAt(lane.result, frame))),
    );
    return `${lane.label}: ${before} of the ten images right before training, ${after} after ${say.count(lane.result.steps.at(-1) ?? 0)} steps.`;
  },
});
