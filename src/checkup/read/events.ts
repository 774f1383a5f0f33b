import { PbfReader } from 'pbf';
import { maskedCrc32c } from './crc32c.ts';

/** One scalar of an event: TensorBoard's tag and the number. */
export interface Scalar {
  tag: string;
  value: number;
}

export interface EventSink {
  /** An event with scalars; `record` counts records from 1. */
  event: (step: number, scalars: Scalar[], record: number) => void;
  /** A record with nothing to read for us: images, histograms, graphs. */
  other: (what: string, record: number) => void;
  /** Where the file is damaged, in bytes from its beginning. */
  damage: (at: number, what: string) => void;
}

/** Longest record that is read; TensorBoard's graphs are the largest, and they are passed over. */
const LONGEST_RECORD = 256 * 1024 * 1024;

/**
 * Reads a TensorBoard event file in pieces. A record is its length (8 bytes, little endian), the masked
 * CRC-32C of these, the data, and the data's masked CRC-32C. Where a checksum of the data fails, the record
 * is left out and the next one read; where a length's fails, nothing behind it can be found.
 */
export class EventFile {
  readonly #sink: EventSink;
  #parts: Uint8Array[] = [];
  #size = 0;
  #offset = 0;
  #record = 0;
  #lost = false;

  constructor(sink: EventSink) {
    this.#sink = sink;
  }

  push(bytes: Uint8Array): void {
    if (this.#lost) return;
    this.#parts.push(bytes);
    this.#size += bytes.length;
    if (this.#size < this.#wanted) return;
    const all = join(this.#parts, this.#size);
    const used = this.#records(all);
    this.#parts = used < all.length ? [all.slice(used)] : [];
    this.#size = all.length - used;
    this.#offset += used;
  }

  end(): void {
    if (!this.#lost && this.#size > 0)
      this.#sink.damage(this.#offset, `the file ends within record ${this.#record + 1}`);
  }

  /** How many bytes are needed before there is something to do. */
  #wanted = 12;

  #records(all: Uint8Array): number {
    const view = new DataView(all.buffer, all.byteOffset, all.length);
    let at = 0;
    this.#wanted = 12;
    while (at + 12 <= all.length) {
      const length = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
      const right = maskedCrc32c(all.subarray(at, at + 8)) === view.getUint32(at + 8, true);
      if (!right || length > LONGEST_RECORD) {
        this.#lost = true;
        this.#sink.damage(
          this.#offset + at,
          right
            ? `record ${this.#record + 1} says that it is ${length} bytes long`
            : `the length of record ${this.#record + 1} does not fit its checksum, so nothing behind it can be found`,
        );
        return all.length;
      }
      const end = at + 12 + length + 4;
      if (end > all.length) {
        this.#wanted = end - at;
        break;
      }
      this.#record++;
      const data = all.subarray(at + 12, end - 4);
      if (maskedCrc32c(data) === view.getUint32(end - 4, true)) this.#read(data, at);
      else
        this.#sink.damage(
          this.#offset + at,
          `the data of record ${this.#record} do not fit their checksum; the record is left out`,
        );
      at = end;
    }
    return at;
  }

  #read(data: Uint8Array, at: number): void {
    try {
      const event = readEvent(data);
      if (event.scalars.length > 0) this.#sink.event(event.step, event.scalars, this.#record);
      if (event.others > 0) this.#sink.other('summaries that are no scalars', this.#record);
    } catch {
      this.#sink.damage(this.#offset + at, `record ${this.#record} holds no event`);
    }
  }
}

function join(parts: Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

interface Event {
  step: number;
  scalars: Scalar[];
  others: number;
}

/** tensorflow.Event: step is field 2, summary field 5. */
function readEvent(data: Uint8Array): Event {
  return new PbfReader(data).readFields<Event>(
    (field, event, pbf) => {
      if (field === 2) event.step = pbf.readVarint(true);
      else if (field === 5) pbf.readMessage(readSummary, event);
    },
    { step: 0, scalars: [], others: 0 },
  );
}

/** tensorflow.Summary: each value is field 1. */
function readSummary(field: number, event: Event, pbf: PbfReader): void {
  if (field !== 1) return;
  const value = pbf.readMessage(readValue, { tag: '', value: null as number | null });
  if (value.value === null) event.others++;
  else event.scalars.push({ tag: value.tag, value: value.value });
}

/** Summary.Value: tag 1, simple_value 2 (the older encoding), tensor 8 (the newer one). */
function readValue(
  field: number,
  result: { tag: string; value: number | null },
  pbf: PbfReader,
): void {
  if (field === 1) result.tag = pbf.readString();
  else if (field === 2) result.value = pbf.readFloat();
  else if (field === 8) result.value = pbf.readMessage(readTensor, new Tensor()).scalar;
}

const FLOAT = 1;
const DOUBLE = 2;
const HALF = 19;

class Tensor {
  type = 0;
  content: Uint8Array | null = null;
  numbers: number[] = [];

  /** The one number that it holds, or null. */
  get scalar(): number | null {
    if (this.numbers.length === 1) return this.numbers[0]!;
    if (this.content === null) return null;
    const view = new DataView(this.content.buffer, this.content.byteOffset, this.content.length);
    if (this.type === FLOAT && view.byteLength === 4) return view.getFloat32(0, true);
    if (this.type === DOUBLE && view.byteLength === 8) return view.getFloat64(0, true);
    return null;
  }
}

/** TensorProto: dtype 1, tensor_content 4, float_val 5, double_val 6, int_val 7, int64_val 10, half_val 13. */
function readTensor(field: number, tensor: Tensor, pbf: PbfReader): void {
  if (field === 1) tensor.type = pbf.readVarint();
  else if (field === 4) tensor.content = pbf.readBytes();
  else if (field === 5) pbf.readPackedFloat(tensor.numbers);
  else if (field === 6) pbf.readPackedDouble(tensor.numbers);
  else if (field === 7 || field === 10) pbf.readPackedVarint(tensor.numbers, true);
  else if (field === 13 && tensor.type === HALF)
    tensor.numbers.push(...pbf.readPackedVarint([]).map(halfToNumber));
}

/** An IEEE 754 half in 16 bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
