/** The specifications that the widgets' declared settings train, without training them. */
import type {
  EngineService,
  InitializerSpec,
  Session,
  TrainingSpec,
} from '../../../src/engine/types';
import { declaredSettings } from '../../../src/kit/authored';
import { trainWidget } from '../../../src/kit/training/lanes';
import type { AnyWidget } from '../../../src/kit/widget';
import { widgets } from '../../../src/registry/server';

async function* noFrames(): AsyncGenerator<never> {}

/** Most specifications taken of one setting of a survey, evenly spread over all. */
const mostOfSurvey = 5;

/** The specifications that an experiment would train. */
export async function specsOf(widget: AnyWidget, values: never): Promise<TrainingSpec[]> {
  const specs: TrainingSpec[] = [];
  const info = { backend: 'captured', device: '', precision: 'float32', notes: [] };
  const engine = {
    info: () => Promise.resolve(info),
    train(lanes: Record<string, TrainingSpec>) {
      specs.push(...Object.values(lanes));
      return noFrames();
    },
    close: () => undefined,
  } as unknown as Session;
  const service = {
    session: () => engine,
    backends: () => Promise.resolve([{ backend: 'captured', available: true }]),
    program(spec: TrainingSpec) {
      specs.push(spec);
      return Promise.resolve({});
    },
    check: () => Promise.resolve([]),
    signalPass: noFrames,
    parallelism: 1,
    close: () => undefined,
  } as unknown as EngineService;
  try {
    if (widget.kind === 'training') {
      for await (const _ of trainWidget(widget, values, engine)) void _;
    } else if (widget.kind === 'survey') {
      const { default: experiment } = await widget.experiment();
      // One that takes no service only computes, which may take long and says nothing here.
      if (experiment.length < 2) return specs;
      for await (const _ of experiment(values, service, {})) void _;
    }
  } catch (error) {
    // An experiment may expect frames; what it asked for is known by then.
    if (specs.length === 0) throw error;
  }
  if (widget.kind === 'training') return specs;
  const distinct = [...new Map(specs.map((spec) => [JSON.stringify(spec), spec])).values()];
  const stride = Math.max(1, Math.ceil(distinct.length / mostOfSurvey));
  return distinct.filter((_, i) => i % stride === 0);
}

/** Hidden layers of a network with blocks or a norm that are compared at most. */
const mostLayers = 12;
/** Units of a layer that are compared at most. */
const mostUnits = 128;
/** The learning rate at which recurrent networks are compared at most. */
const mostLearningRate = 0.01;
/** The factor on the recurrent matrix with which recurrent networks are compared at most. */
const mostGain = 1.25;
/** What networks with layer or RMS norm, and wide ones, are drawn from: see `comparable`. */
const clearSeed = 3;

/**
 * A specification as the capture is compared on it. Norms without sums, and sums without norm, enlarge
 * rounding by a factor per layer: at thirty layers and more to all digits of a gradient, in which eager
 * backends then agree no better. Their layers are all alike, so that fewer ask the same of the capture.
 * Among the hundreds of thousands of units of wide layers one lies within rounding of the kink of its ReLU,
 * and its gradient is then there on one backend and not on the other; so they are narrower here, and drawn
 * from a seed that leaves the kinks clear. A wrong program is wrong from whichever seed.
 */
export function comparable(spec: TrainingSpec): TrainingSpec {
  const { network, optimizer } = spec;
  // Matrices and steps this large carry a network through time into chaos, in which eager backends differ too.
  if (network.kind === 'recurrent') {
    const { recurrentInitializer } = network;
    const { gain = 1 } = recurrentInitializer as { gain?: number };
    const learningRate = Math.min(optimizer.learningRate, mostLearningRate);
    return {
      ...spec,
      ...(gain > mostGain && {
        network: {
          ...network,
          recurrentInitializer: { ...recurrentInitializer, gain: mostGain } as InitializerSpec,
        },
      }),
      ...(optimizer.kind === 'sgd' && { optimizer: { ...optimizer, learningRate } }),
    };
  }
  if (network.kind !== 'mlp') return spec;
  const { depth, width, batchNorm, layerNorm, rmsNorm, residual = 'none' } = network;
  const ofRows = Boolean(layerNorm || rmsNorm);
  const deep = depth > mostLayers && (Boolean(batchNorm) || ofRows || residual !== 'none');
  const wide = width >= mostUnits;
  return {
    ...spec,
    network: {
      ...network,
      // An odd depth suits every form of block.
      depth: deep ? mostLayers - 1 : depth,
      width: wide ? mostUnits : width,
    },
    seed: ofRows || wide ? clearSeed : spec.seed,
  };
}

/** Every declared setting of every widget that trains: a name, the widget, the canonical string, the values. */
export const presets = [...widgets.values()]
  .filter((widget) => widget.kind !== 'closedForm')
  .flatMap((widget) =>
    [...declaredSettings(widget)].map(
      ([key, values]) => [`${widget.id} ${key}`, widget, values, key] as const,
    ),
  );
