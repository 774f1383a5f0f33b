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
  const first = Number(settings['seed']);
  const stride = widget.seedsARun?.(settings) ?? 1;
  const wanted =
    widget.fewSeeds?.count ?? (widget.kind === 'training' ? widget.recorded?.seeds : undefined);
  const count = isRandom(widget, settings) ? Math.ceil((wanted ?? SEEDS) / stride) : 1;
  return Array.from({ length: count }, (_, run) => first + stride * run);
}
