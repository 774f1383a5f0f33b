/** Browsers refuse more than so many changes of the address in a while (Safari: 100 in 30 seconds). */
const REST = 400;
/** After a refusal, in milliseconds. */
const PATIENCE = 5000;

/** What is still to be written, by who asked for it. */
const waiting = new Map<object, (address: URL) => URL>();
let resting = false;

/**
 * Changes the page's address: at once, or after a rest where there was a change just now; what is asked again
 * meanwhile is written once. Where the browser refuses, it is tried again later.
 */
export function rewriteAddress(who: object, change: (address: URL) => URL): void {
  waiting.set(who, change);
  if (!resting) write();
}

function write(): void {
  if (waiting.size === 0) return;
  let rest = REST;
  try {
    const address = [...waiting.values()].reduce(
      (url, change) => change(url),
      new URL(location.href),
    );
    history.replaceState(history.state, '', address);
    waiting.clear();
  } catch {
    rest = PATIENCE;
  }
  resting = true;
  setTimeout(() => {
    resting = false;
    write();
  }, rest);
}
