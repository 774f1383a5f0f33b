import type { BackendName, EngineService } from '../engine/types';
import type { AnySettings } from './codec';
import type { RunState } from './runner.svelte';
import type { Viewpoint } from './viewpoint';
import type { Recording } from './widget';

/** What changed in a widget, for whoever holds it. */
export interface WidgetEvent {
  type: 'state' | 'frame' | 'settings';
  state: RunState;
  settings: AnySettings;
  /** What the run has shown so far; null before the first frame. */
  result: unknown;
  error: string | null;
}

/** How a page steers a widget from outside. */
export interface WidgetHandle {
  run(): void;
  pause(): void;
  step(): void;
  reset(): void;
  setSettings(settings: AnySettings): void;
  /** The backend of the next run; undefined lets the widget choose. A run under way is thrown away. */
  setBackend(backend: BackendName | undefined): void;
}

/**
 * What a live widget needs of the page that holds it: a chapter or an embed. A widget without a
 * host is a still figure.
 */
export interface WidgetHost {
  /** The page's one engine service; its code is loaded by the first call. */
  service: () => Promise<EngineService>;
  /** All recordings of the widget, for settings other than the first one shown. */
  recordings: () => Promise<Record<string, Recording>>;
  /** The address that shows these settings, and of their figure what somebody looks at. */
  link: (settings: AnySettings, viewpoint?: Viewpoint) => string;
  /** The address of the widget alone with these settings, for paper; default `link`. */
  alone?: (settings: AnySettings) => string;
  /** The address that offers the widget with these settings to other sites. */
  embed?: (settings: AnySettings) => string;
  /** Whether the page stands in a frame of another page, where links lead out of it. */
  framed?: boolean;
  /** The address of the page that explains backends and precision. */
  explained?: string;
  /** The reader changed a setting. */
  changed?: (settings: AnySettings) => void;
  /** Where the page forces a backend. */
  backend?: BackendName | undefined;
  /** What of the figure the address asks for. */
  viewpoint?: Viewpoint;
  /** The settings of the page itself, where its address asked for others. */
  own?: AnySettings;
  /** Sentences about what was not understood in the address. */
  notes?: string[];
  ready?: (handle: WidgetHandle) => void;
  observe?: (event: WidgetEvent) => void;
}
