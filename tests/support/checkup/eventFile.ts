/** A writer of TensorBoard event files, byte by byte from the description of the format. */

/** CRC-32C bit by bit, from its definition: reflected, polynomial 0x1EDC6F41. */
function crc32c(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const masked = (bytes: readonly number[]): number => {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
};

const little = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** i) % 256);

export function record(data: readonly number[]): number[] {
  const length = little(data.length, 8);
  return [...length, ...little(masked(length), 4), ...data, ...little(masked(data), 4)];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

const field = (number: number, wire: number): number[] => varint(number * 8 + wire);
const block = (number: number, data: readonly number[]): number[] => [
  ...field(number, 2),
  ...varint(data.length),
  ...data,
];
const text = (value: string): number[] => [...new TextEncoder().encode(value)];
const float = (value: number): number[] => [...new Uint8Array(Float32Array.of(value).buffer)];
const double = (value: number): number[] => [...new Uint8Array(Float64Array.of(value).buffer)];

/** `Summary.Value` with the older encoding, `simple_value`. */
export const simple = (tag: string, value: number): number[] =>
  block(1, [...block(1, text(tag)), ...field(2, 5), ...float(value)]);

/** The newer encoding: a `TensorProto` of type float with its bytes, or a list of floats or doubles. */
export const tensor = (
  tag: string,
  value: number,
  how: 'content' | 'float' | 'double' = 'content',
): number[] =>
  block(1, [
    ...block(1, text(tag)),
    ...block(8, [
      ...field(1, 0),
      how === 'double' ? 2 : 1,
      ...(how === 'content'
        ? block(4, float(value))
        : how === 'float'
          ? block(5, float(value))
          : block(6, double(value))),
    ]),
  ]);

/** A histogram, which the check-up passes over. */
export const histogram = (tag: string): number[] =>
  block(1, [...block(1, text(tag)), ...block(5, [...field(1, 1), ...double(0)])]);

/** An `Event` with a summary. */
export const event = (step: number, ...values: number[][]): number[] => [
  ...field(1, 1),
  ...double(1.7e9 + step),
  ...field(2, 0),
  ...varint(step),
  ...block(5, values.flat()),
];

/** The first record of each file. */
export const version = (): number[] => [
  ...field(1, 1),
  ...double(1.7e9),
  ...block(3, text('brain.Event:2')),
];

export const eventFile = (...events: number[][]): Uint8Array =>
  Uint8Array.from([version(), ...events].flatMap(record));
