/**
 * Whether an error says that a part of the page could not be fetched: each browser has its own words for it, and
 * some name an address that tells a reader nothing.
 */
export const isMissing = (reason: unknown): boolean =>
  reason instanceof Error &&
  /dynamically imported module|module script failed|Failed to fetch|NetworkError|Load failed|could not be loaded/i.test(
    reason.message,
  );
