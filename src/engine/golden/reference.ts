/** The sorts of quantities that reference cases state. */
export type ReferenceQuantity = 'loss' | 'output' | 'gradient' | 'norm' | 'parameter' | 'moment';

/** How one reference case came out on a backend. */
export interface ReferenceReport {
  name: string;
  deviations: {
    quantity: string;
    /** What of it is compared, which decides the tolerance. */
    kind: ReferenceQuantity;
    /** Relative, or absolute for means and standard deviations. */
    measured: number;
    tolerance: number;
  }[];
}
