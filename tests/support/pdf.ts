import { inflateSync } from 'node:zlib';

/** A printed page: where its marks end, as a share of its height from the top. */
export interface PrintedPage {
  filled: number;
}

type Matrix = [number, number, number, number, number, number];

const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
];

/**
 * Reads the pages of a PDF that Chromium wrote: how far down each has letters, lines or pictures. It knows the
 * operators that move and mark, and no more of the format than Chromium uses.
 */
export function pagesOfPdf(pdf: Buffer): PrintedPage[] {
  const text = pdf.toString('latin1');
  const objects = new Map<number, { head: string; start: number }>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\b/g)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endobj', start);
    objects.set(Number(match[1]), { head: text.slice(start, end), start });
  }
  const streamOf = (id: number): string => {
    const { head, start } = objects.get(id)!;
    const at = head.search(/stream\r?\n/);
    const from = start + at + /stream\r?\n/.exec(head)![0].length;
    const given = /\/Length (\d+)(?: 0 R)?/.exec(head.slice(0, at))!;
    const length = given[0].endsWith('R')
      ? Number(objects.get(Number(given[1]))!.head.trim())
      : Number(given[1]);
    const raw = pdf.subarray(from, from + length);
    return (/\/FlateDecode/.test(head.slice(0, at)) ? inflateSync(raw) : raw).toString('latin1');
  };
  const kids = (id: number): number[] => {
    const { head } = objects.get(id)!;
    if (!/\/Type\s*\/Pages\b/.test(head)) return [id];
    const list = /\/Kids\s*\[([^\]]*)\]/.exec(head)?.[1] ?? '';
    return [...list.matchAll(/(\d+) 0 R/g)].flatMap((kid) => kids(Number(kid[1])));
  };
  const root = [...objects].find(
    ([, { head }]) => /\/Type\s*\/Pages\b/.test(head) && !/\/Parent/.test(head),
  );
  if (!root) throw new Error('The PDF has no pages.');
  return kids(root[0]).map((id) => {
    const { head } = objects.get(id)!;
    const height = Number(/\/MediaBox\s*\[\s*[\d.]+ [\d.]+ [\d.]+ ([\d.]+)/.exec(head)![1]);
    const content = Number(/\/Contents (\d+) 0 R/.exec(head)![1]);
    return { filled: 1 - Math.max(0, lowestMark(streamOf(content), height)) / height };
  });
}

/** How far above the foot of the page its lowest mark lies. */
function lowestMark(content: string, height: number): number {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let line: Matrix = matrix;
  const stack: Matrix[] = [];
  let numbers: number[] = [];
  let path: number[] = [];
  let lowest = height;
  const heightOf = (x: number, y: number, by: Matrix) => x * by[1] + y * by[3] + by[5];
  const paint = () => {
    // What covers the page is its ground.
    const [low, high] = [Math.min(...path), Math.max(...path)];
    if (path.length > 0 && high - low < 0.9 * height) lowest = Math.min(lowest, low);
    path = [];
  };
  const words =
    content.replace(/<[\da-fA-F\s]*>|\((?:[^()\\]|\\.)*\)/g, ' ').match(/[^\s[\]]+/g) ?? [];
  for (const word of words) {
    const number = Number(word);
    if (!Number.isNaN(number)) {
      numbers.push(number);
      continue;
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    switch (word) {
      case 'q':
        stack.push(matrix);
        break;
      case 'Q':
        matrix = stack.pop() ?? matrix;
        break;
      case 'cm':
        matrix = times([a, b, c, d, e, f], matrix);
        break;
      case 'BT':
        line = [1, 0, 0, 1, 0, 0];
        break;
      case 'Tm':
        line = [a, b, c, d, e, f];
        break;
      case 'Td':
        line = times([1, 0, 0, 1, a, b], line);
        break;
      case 'Tj':
      case 'TJ':
        lowest = Math.min(lowest, heightOf(0, 0, times(line, matrix)));
        break;
      case 'm':
      case 'l':
        path.push(heightOf(a, b, matrix));
        break;
      case 'c':
        path.push(heightOf(e, f, matrix));
        break;
      case 're':
        path.push(heightOf(a, b, matrix), heightOf(a + c, b + d, matrix));
        break;
      case 'Do':
        path.push(heightOf(0, 0, matrix), heightOf(1, 1, matrix));
        paint();
        break;
      case 'n':
        path = [];
        break;
      case 'f':
      case 'f*':
      case 'S':
      case 'B':
        paint();
    }
    numbers = [];
  }
  return lowest;
}
