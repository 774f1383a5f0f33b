const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const word = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

function chunk(type: string, data: ArrayLike<number>): number[] {
  const body = Uint8Array.from(
    [...type].map((letter) => letter.charCodeAt(0)).concat(Array.from(data)),
  );
  return [...word(data.length), ...body, ...word(crc32(body))];
}

/** zlib's container around stored blocks: valid, not smaller; the page is compressed as a whole. */
function stored(bytes: Uint8Array): number[] {
  const out = [0x78, 0x01];
  for (let from = 0; from < bytes.length; from += 65535) {
    const part = bytes.subarray(from, from + 65535);
    const [low, high] = [part.length & 255, part.length >> 8];
    out.push(from + 65535 >= bytes.length ? 1 : 0, low, high, ~low & 255, ~high & 255);
    for (const byte of part) out.push(byte);
  }
  return [...out, ...word(adler32(bytes))];
}

/**
 * A picture of palette entries as a PNG file (8 bits a pixel, indexed, with alpha).
 * `pixels` holds height rows of width indices, top row first; `palette` up to 256 [r, g, b, a].
 */
export function encodePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  palette: readonly (readonly [number, number, number, number])[],
): Uint8Array {
  const lines = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row++)
    lines.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', [...word(width), ...word(height), 8, 3, 0, 0, 0]),
    ...chunk(
      'PLTE',
      palette.flatMap(([r, g, b]) => [r, g, b]),
    ),
    ...chunk(
      'tRNS',
      palette.map(([, , , a]) => a),
    ),
    ...chunk('IDAT', stored(lines)),
    ...chunk('IEND', []),
  ]);
}

/** The same picture as a data URI. */
export function pngUri(...picture: Parameters<typeof encodePng>): string {
  let text = '';
  for (const byte of encodePng(...picture)) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}
