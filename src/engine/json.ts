/**
 * JSON with the non-finite numbers kept: NaN, Infinity and −Infinity are written as the strings
 * "NaN", "Infinity" and "-Infinity". Envelopes, recordings and reference vectors share this codec.
 */

/** A value as JSON text; non-finite numbers become their three strings. */
export function stringify(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, entry: unknown) => {
      if (ArrayBuffer.isView(entry) && !(entry instanceof DataView))
        return [...(entry as Float32Array)];
      return typeof entry === 'number' && !Number.isFinite(entry) ? String(entry) : entry;
    },
    indent,
  );
}

/** The value of such JSON text; the three strings become numbers again. */
export function parse(text: string): unknown {
  return JSON.parse(text, (_key, entry: unknown) => decode(entry));
}

/** The three strings as numbers, inside a value that was parsed elsewhere; a copy. */
export function revive<T>(value: T): T {
  if (Array.isArray(value)) return value.map((entry) => revive(entry)) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, revive(entry as unknown)]),
    ) as T;
  }
  return decode(value) as T;
}

function decode(entry: unknown): unknown {
  if (entry === 'NaN') return NaN;
  if (entry === 'Infinity') return Infinity;
  if (entry === '-Infinity') return -Infinity;
  return entry;
}
