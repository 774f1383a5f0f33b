interface BackendFacts {
  /** Whether Node has it too. */
  inNode: boolean;
  /** Whether it runs only where better ones are missing, unless it is asked for. */
  lastResort: boolean;
}

/**
 * Where a step is computed, the preferred one first. `captured` replays a recorded tfjs step in
 * WebAssembly. How each is opened stands in `service/records.ts`.
 */
export const backendFacts = {
  webgl: { inNode: false, lastResort: false },
  captured: { inNode: true, lastResort: false },
  wasm: { inNode: true, lastResort: true },
  cpu: { inNode: true, lastResort: true },
} as const satisfies Record<string, BackendFacts>;

export type BackendName = keyof typeof backendFacts;

/** The preferred one first. */
export const backendNames = Object.keys(backendFacts) as readonly BackendName[];

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
