import { costOf, networkOf, SMALLEST_INPUT, stagesOf, type Cost, type Network } from './layers';
import { rowOf, type NetworkName } from './networks';
import type { DiagramSettings } from './params';

export interface Totals extends Cost {
  network: NetworkName;
  /** One entry a stage: conv1 to conv5, and the classifier. */
  stages: Cost[];
}

export interface DiagramResult {
  /** The side that was counted: the chosen one, or the smallest that can be halved five times. */
  inputSize: number;
  /** The network and, where there is one, the other beside it. */
  totals: Totals[];
}

/** How far the count lies from the published one, which is for 224 × 224: a share. */
export const fromPublished = ({ network, multiplyAdds }: Totals): number =>
  multiplyAdds / 1e9 / rowOf(network).published - 1;

/** The side that is drawn for a chosen one. */
export const drawnSize = (chosen: number): number => Math.max(SMALLEST_INPUT, chosen);

/** The networks that these settings show, the second where one is compared. */
export function shownNetworks(settings: DiagramSettings): Network[] {
  const { network, compare } = settings;
  const names: NetworkName[] = compare === 'none' ? [network] : [network, compare];
  return names.map((name) => networkOf(name, drawnSize(settings.inputSize), settings));
}

/** Parameters and multiply-adds of the chosen networks, by stage. */
export function totalsOf(settings: DiagramSettings): DiagramResult {
  return {
    inputSize: drawnSize(settings.inputSize),
    totals: shownNetworks(settings).map((network) => ({
      network: network.name,
      ...costOf(network.layers),
      stages: stagesOf(network).map(({ layers }) => costOf(layers)),
    })),
  };
}
