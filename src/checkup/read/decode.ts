export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding that a byte-order mark names, or that zeros at every other place betray. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const looked = Math.min(head.length, 512);
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < looked; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const pairs = looked / 2;
  if (pairs >= 2 && odd > 0.6 * pairs && even < 0.1 * pairs) return 'utf-16le';
  if (pairs >= 2 && even > 0.6 * pairs && odd < 0.1 * pairs) return 'utf-16be';
  return 'utf-8';
}

/** Turns pieces of a file into text; a byte-order mark is dropped, and what is no text becomes U+FFFD. */
export function decoderFor(encoding: Encoding): (bytes: Uint8Array, last: boolean) => string {
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}
