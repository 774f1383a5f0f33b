/** Reasons that the console has had: a fault that every frame of a run repeats is told once. */
const told = new Set<string>();

/**
 * What `draw` gives, or null where it throws: a picture that cannot be drawn must stop nothing else. The
 * reason goes to the console, for whoever wrote the figure; on the server it is thrown, and stops the build.
 */
export function drawnOrNull<T>(draw: () => T): T | null {
  try {
    return draw();
  } catch (reason) {
    if (import.meta.env.SSR) throw reason;
    tellFault(reason);
    return null;
  }
}

/** Tells the console why a figure is not drawn, each reason once. */
export function tellFault(reason: unknown): void {
  const said = String(reason);
  if (told.has(said)) return;
  told.add(said);
  // eslint-disable-next-line no-console -- the reader has a sentence; this is for the figure's author
  console.error(reason);
}
