/** As much of ConvNetJS 0.3.0, which has no types of its own, as the benchmark uses. */
declare module 'convnetjs' {
  export class Vol {
    constructor(width: number, height: number, depth: number, value: number);
    w: Float64Array | number[];
  }

  export interface Layer {
    layer_type: string;
    filters: Vol[];
    biases: Vol;
  }

  export class Net {
    layers: Layer[];
    makeLayers(definitions: readonly object[]): void;
  }

  export class Trainer {
    constructor(
      net: Net,
      options: { method: 'sgd'; learning_rate: number; momentum: number; batch_size: number },
    );
    /** Takes one example; every `batch_size` of them make an update. `cost_loss` is 2·error². */
    train(x: Vol, y: readonly number[]): { cost_loss: number };
  }
}
