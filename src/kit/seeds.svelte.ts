import { isMissing, type BackendInfo, type BackendName, type EngineService } from '../engine/types';
import type { AnySettings } from './codec';
import { trainSeeds, type SeedResult } from './trainSeeds';
import type { AnyTrainingWidget } from './widget';

/** The many-seed run of a widget: progress, cancel, and what it has so far. */
export class SeedRun {
  state: 'idle' | 'running' | 'done' | 'stopped' | 'error' = $state('idle');
  results: SeedResult[] = $state.raw([]);
  /** Where the seeds were trained; null before the first has ended. */
  info: BackendInfo | null = $state.raw(null);
  wanted = $state(0);
  error: string | null = $state(null);
  #abort: AbortController | null = null;

  /** True while its results are what the figures show. */
  get active(): boolean {
    return this.results.length > 0;
  }

  /** Trains `count` seeds from `settings.seed` on. */
  async start(
    widget: AnyTrainingWidget,
    settings: AnySettings,
    count: number,
    service: () => Promise<EngineService>,
    options: { backend?: BackendName | undefined; unknownFailure: string; partMissing?: string },
  ): Promise<void> {
    this.reset();
    const abort = new AbortController();
    this.#abort = abort;
    this.wanted = count;
    this.state = 'running';
    const first = Number(settings['seed'] ?? 0);
    const seeds = Array.from({ length: count }, (_, i) => first + i);
    try {
      const runs = trainSeeds(widget, settings, seeds, await service(), {
        backend: options.backend,
        signal: abort.signal,
      });
      for await (const run of runs) {
        if (abort.signal.aborted) break;
        this.info = run.info;
        this.results = [...this.results, run];
      }
      if (this.#abort === abort) this.state = abort.signal.aborted ? 'stopped' : 'done';
    } catch (reason) {
      if (this.#abort !== abort || abort.signal.aborted) return;
      const said = reason instanceof Error && reason.message;
      this.error = (isMissing(reason) && options.partMissing) || said || options.unknownFailure;
      this.state = 'error';
    }
  }

  /** Stops; the seeds that have finished stay. */
  cancel(): void {
    if (this.state !== 'running') return;
    this.#abort?.abort();
    this.state = 'stopped';
  }

  reset(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.state = 'idle';
    this.results = [];
    this.info = null;
    this.wanted = 0;
    this.error = null;
  }
}
