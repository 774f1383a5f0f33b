import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePng, pngUri } from '../../../src/kit/charts/png';

type Rgba = [number, number, number, number];

/** Reads an indexed PNG back, checking every length and checksum on the way. */
function decode(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  expect([...file.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks: Record<string, Uint8Array> = {};
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(body));
    chunks[String.fromCharCode(...body.subarray(0, 4))] = body.subarray(4);
    at += 12 + length;
  }
  const header = new DataView(chunks['IHDR']!.slice().buffer);
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  expect([...chunks['IHDR']!.subarray(8)]).toEqual([8, 3, 0, 0, 0]);
  // zlib's own reader checks the stored blocks and the Adler sum.
  const lines = inflateSync(chunks['IDAT']!);
  const pixels: number[] = [];
  for (let row = 0; row < height; row++) {
    expect(lines[row * (width + 1)]).toBe(0);
    pixels.push(...lines.subarray(row * (width + 1) + 1, (row + 1) * (width + 1)));
  }
  expect(lines).toHaveLength(height * (width + 1));
  const palette = Array.from(chunks['tRNS']!, (alpha, k): Rgba => {
    const [r, g, b] = chunks['PLTE']!.subarray(3 * k, 3 * k + 3);
    return [r!, g!, b!, alpha];
  });
  return { width, height, pixels, palette };
}

const byte = fc.integer({ min: 0, max: 255 });
const picture = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 20 }),
    palette: fc.array(fc.tuple(byte, byte, byte, byte), { minLength: 1, maxLength: 256 }),
  })
  .chain(({ width, height, palette }) => {
    const area = width * height;
    const pixels = fc.uint8Array({ minLength: area, maxLength: area, max: palette.length - 1 });
    return pixels.map((all) => ({ width, height, palette, pixels: all }));
  });

test('a picture comes back from its PNG pixel by pixel', () => {
  fc.assert(
    fc.property(picture, ({ width, height, palette, pixels }) => {
      expect(decode(encodePng(pixels, width, height, palette))).toEqual({
        ...{ width, height, palette },
        pixels: [...pixels],
      });
    }),
    { seed: 1 },
  );
});

test('a picture larger than one stored block (64 KiB) comes back too', () => {
  const pixels = Uint8Array.from({ length: 300 * 400 }, (_, k) => (k * 7) % 5);
  const palette: Rgba[] = [0, 1, 2, 3, 4].map((v) => [v, v, v, 255]);
  expect(decode(encodePng(pixels, 300, 400, palette)).pixels).toEqual([...pixels]);
});

test('a data URI holds the same bytes', () => {
  const parts = [
    Uint8Array.from([0, 1]),
    2,
    1,
    [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ] as Rgba[],
  ] as const;
  const [type, data] = pngUri(...parts).split(',');
  expect(type).toBe('data:image/png;base64');
  expect(new Uint8Array(Buffer.from(data!, 'base64'))).toEqual(encodePng(...parts));
});
