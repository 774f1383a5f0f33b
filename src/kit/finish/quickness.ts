import type { BackendName } from '../../engine/types';

/** A run that ends within so many milliseconds can follow a dial while it moves. */
const LIMIT = 400;

/** What a run costs beside its steps, in milliseconds: drawing its weights, capturing its step, two messages. */
const OVERHEAD = 50;

/** Multiplications that are tried while little is known of the device: a few times those of a usual run. */
export const UNTRIED = 4e9;

/**
 * Measurements that count: the fastest of so many, since a moment in which the device was busy says little.
 * With fewer, little is known of the device.
 */
const KEPT = 3;

/** How fast this device trains, as it was measured: multiplications a millisecond, by backend. */
const rates = new Map<BackendName, number[]>();

/** Takes note of how many milliseconds the worker spent on so many multiplications. */
export function noteDuration(backend: BackendName, cost: number, milliseconds: number): void {
  const rate = cost / Math.max(0.1, milliseconds);
  rates.set(backend, [...(rates.get(backend) ?? []), rate].slice(-KEPT));
}

/** Seconds that so many multiplications take on this device, as it was measured; null where it was not. */
export function secondsFor(backend: BackendName, cost: number): number | null {
  const known = rates.get(backend);
  return known ? (OVERHEAD + cost / Math.max(...known)) / 1000 : null;
}

/** Whether a run of so many multiplications follows a dial; an untried device is tried with what is light. */
export function isQuick(backend: BackendName, cost: number): boolean {
  const known = rates.get(backend) ?? [];
  if (known.length < KEPT && cost <= UNTRIED) return true;
  return known.length > 0 && OVERHEAD + cost / Math.max(...known) <= LIMIT;
}
