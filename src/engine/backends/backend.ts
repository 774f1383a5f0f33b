/**
 * Where a step is computed, the preferred one first. `captured` replays a recorded tfjs step in
 * WebAssembly.
 */
export const backendNames = ['webgl', 'captured', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** What the badge says of a backend. */
export interface BackendInfo {
  backend: BackendName;
  /** 'float32', or 'float16' where that is what the device has. */
  precision: 'float32' | 'float16';
  /** Renderer or processor feature, as the device names it; '' where unknown. */
  device: string;
  /** True where the smallest normal numbers' subnormals become 0. */
  flushesDenormals: boolean;
  /** Sentences for the reader about anything mended, missing or replaced. */
  notes: string[];
}

export interface BackendAvailability {
  backend: BackendName;
  available: boolean;
  /** Where it is not: what the device lacks. */
  reason?: string;
}
