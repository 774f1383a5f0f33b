import type { ReferenceReport } from '../../src/engine/types';

type Deviation = ReferenceReport['deviations'][number];

const share = ({ measured, tolerance }: Deviation): number => measured / tolerance;
const larger = (a: Deviation, b: Deviation): Deviation => (share(b) > share(a) ? b : a);

/** Collects the deviations of one backend, and prints the worst of each case and of each quantity. */
export class WorstDeviations {
  private readonly backend: string;
  private readonly cases: string[] = [];
  private readonly kinds = new Map<string, { deviation: Deviation; name: string }>();

  constructor(backend: string) {
    this.backend = backend;
  }

  /** Keeps a report; returns a sentence for each deviation beyond its tolerance. */
  add({ name, deviations }: ReferenceReport): string[] {
    const worst = deviations.reduce(larger);
    this.cases.push(
      `${this.backend.padEnd(9)}${name.padEnd(28)} ${share(worst).toFixed(4)}  ${worst.quantity}`,
    );
    for (const deviation of deviations) {
      const known = this.kinds.get(deviation.kind);
      if (known && larger(known.deviation, deviation) === known.deviation) continue;
      this.kinds.set(deviation.kind, { deviation, name });
    }
    return deviations
      .filter((one) => !(one.measured <= one.tolerance))
      .map((one) => `${one.quantity}: ${one.measured} > ${one.tolerance}`);
  }

  /** Prints what was collected; nothing where nothing was. */
  print(): void {
    if (this.cases.length === 0) return;
    const kinds = [...this.kinds].map(
      ([kind, { deviation, name }]) =>
        `${kind} ${deviation.measured.toExponential(1)} of ${deviation.tolerance.toExponential(0)} (${name})`,
    );
    console.log(
      [
        'Worst deviation by case, in tolerances:',
        ...this.cases,
        `Worst on ${this.backend}: ${kinds.join('; ')}`,
      ].join('\n'),
    );
  }
}
