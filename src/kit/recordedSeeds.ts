import type { AnySettings } from './codec';
import type { AnyWidget } from './widget';

/** Seeds behind a recording where something in it is random and its widget names no number. */
const SEEDS = 10;

/** Whether another seed is another run: a widget that draws at random has a parameter `seed`. */
export function isRandom(widget: AnyWidget, settings: AnySettings): boolean {
  return 'seed' in widget.params && (widget.seeded?.(settings) ?? true);
}

/**
 * The seeds over which a setting is recorded, its own seed first, one for each run. A run that uses up
 * several seeds counts as so many. One seed where it has the parameter and nothing depends on it; none
 * where it has no such parameter.
 */
export function recordedSeeds(widget: AnyWidget, settings: AnySettings): number[] {
  if (!('seed' in widget.params)) return [];
  const wanted =
    widget.fewSeeds?.count ?? (widget.kind === 'training' ? widget.recorded?.seeds : undefined);
  const count = Math.ceil((wanted ?? SEEDS) / seedsARun(widget, settings));
  return seedsOfRuns(widget, settings, isRandom(widget, settings) ? count : 1);
}

/** How many seeds one run uses up. */
export const seedsARun = (widget: AnyWidget, settings: AnySettings): number =>
  widget.seedsARun?.(settings) ?? 1;

/** The first seed of each of so many runs, from the settings' own on: a run takes those after it too. */
export function seedsOfRuns(widget: AnyWidget, settings: AnySettings, count: number): number[] {
  const first = Number(settings['seed']);
  const stride = seedsARun(widget, settings);
  return Array.from({ length: count }, (_, run) => first + stride * run);
}
