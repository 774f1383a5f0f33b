/**
 * Reverse-mode differentiation of matrices in double precision: the smallest thing that can check
 * the engine. For tests; nothing that a reader sees trained runs on it.
 */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  /** ∂L/∂this, filled in by `backward`. */
  readonly gradient: Float64Array;
  /** Adds this matrix's gradient to those of what it was made from. */
  pull: () => void = () => {};

  constructor(rows: number, columns: number, data?: ArrayLike<number>) {
    this.rows = rows;
    this.columns = columns;
    this.data = data ? Float64Array.from(data) : new Float64Array(rows * columns);
    this.gradient = new Float64Array(rows * columns);
  }
}

/** Records operations in the order they are made. */
export class Tape {
  private readonly made: Matrix[] = [];

  /** Runs the chain rule from a scalar back to everything it was made from. */
  backward(loss: Matrix): void {
    loss.gradient[0] = 1;
    for (const matrix of this.made.toReversed()) matrix.pull();
  }

  /** h Wᵀ for h [B, in] and W [out, in]. */
  product(h: Matrix, w: Matrix): Matrix {
    const out = this.matrix(h.rows, w.rows);
    const each = (visit: (b: number, o: number, i: number, at: number) => void): void => {
      for (let b = 0; b < h.rows; b++)
        for (let o = 0; o < w.rows; o++)
          for (let i = 0; i < h.columns; i++)
            visit(b * h.columns + i, o * h.columns + i, i, b * w.rows + o);
    };
    each((hi, wi, _i, at) => (out.data[at]! += h.data[hi]! * w.data[wi]!));
    out.pull = () =>
      each((hi, wi, _i, at) => {
        h.gradient[hi]! += out.gradient[at]! * w.data[wi]!;
        w.gradient[wi]! += out.gradient[at]! * h.data[hi]!;
      });
    return out;
  }

  /** a ∘ b elementwise, by a function of both and its two derivatives; a row b is repeated. */
  combine(
    a: Matrix,
    b: Matrix,
    f: (a: number, b: number) => number,
    byA: (a: number, b: number) => number,
    byB: (a: number, b: number) => number,
  ): Matrix {
    const out = this.matrix(a.rows, a.columns);
    const other = (i: number): number => (b.rows === a.rows ? i : i % b.columns);
    out.data.forEach((_, i) => (out.data[i] = f(a.data[i]!, b.data[other(i)]!)));
    out.pull = () =>
      out.gradient.forEach((g, i) => {
        a.gradient[i]! += g * byA(a.data[i]!, b.data[other(i)]!);
        b.gradient[other(i)]! += g * byB(a.data[i]!, b.data[other(i)]!);
      });
    return out;
  }

  add(a: Matrix, b: Matrix): Matrix {
    return this.combine(
      a,
      b,
      (x, y) => x + y,
      () => 1,
      () => 1,
    );
  }

  times(a: Matrix, b: Matrix): Matrix {
    return this.combine(
      a,
      b,
      (x, y) => x * y,
      (_x, y) => y,
      (x) => x,
    );
  }

  /** φ(a) elementwise, with its derivative. */
  map(a: Matrix, f: (value: number) => number, derivative: (value: number) => number): Matrix {
    const out = this.matrix(a.rows, a.columns);
    a.data.forEach((value, i) => (out.data[i] = f(value)));
    out.pull = () => out.gradient.forEach((g, i) => (a.gradient[i]! += g * derivative(a.data[i]!)));
    return out;
  }

  /** The mean of each column, as one row. */
  columnMean(a: Matrix): Matrix {
    const out = this.matrix(1, a.columns);
    a.data.forEach((value, i) => (out.data[i % a.columns]! += value / a.rows));
    out.pull = () =>
      a.gradient.forEach((_, i) => (a.gradient[i]! += out.gradient[i % a.columns]! / a.rows));
    return out;
  }

  /** The mean of each row, repeated over the columns. */
  rowMean(a: Matrix): Matrix {
    const out = this.matrix(a.rows, a.columns);
    const { columns } = a;
    const spread = (from: Float64Array, to: Float64Array): void => {
      for (let r = 0; r < a.rows; r++) {
        const row = from.subarray(r * columns, (r + 1) * columns);
        const mean = row.reduce((sum, value) => sum + value, 0) / columns;
        for (let c = 0; c < columns; c++) to[r * columns + c]! += mean;
      }
    };
    spread(a.data, out.data);
    out.pull = () => spread(out.gradient, a.gradient);
    return out;
  }

  /** Several matrices under each other. */
  stack(parts: readonly Matrix[]): Matrix {
    const columns = parts[0]!.columns;
    const out = this.matrix(
      parts.reduce((rows, part) => rows + part.rows, 0),
      columns,
    );
    const offsets = parts.map((_, k) =>
      parts.slice(0, k).reduce((size, part) => size + part.data.length, 0),
    );
    parts.forEach((part, k) => out.data.set(part.data, offsets[k]));
    out.pull = () =>
      parts.forEach((part, k) =>
        part.gradient.forEach((_, i) => (part.gradient[i]! += out.gradient[offsets[k]! + i]!)),
      );
    return out;
  }

  /** −(1/rows) Σ log softmax(o)[label], targets one-hot. */
  crossEntropy(o: Matrix, target: ArrayLike<number>): Matrix {
    const out = this.matrix(1, 1);
    const probabilities = new Float64Array(o.data.length);
    for (let r = 0; r < o.rows; r++) {
      const row = o.data.subarray(r * o.columns, (r + 1) * o.columns);
      const top = Math.max(...row);
      const sum = row.reduce((total, value) => total + Math.exp(value - top), 0);
      row.forEach((value, k) => {
        const i = r * o.columns + k;
        probabilities[i] = Math.exp(value - top) / sum;
        out.data[0]! -= (target[i]! * (value - top - Math.log(sum))) / o.rows;
      });
    }
    out.pull = () =>
      o.gradient.forEach(
        (_, i) =>
          (o.gradient[i]! += (out.gradient[0]! * (probabilities[i]! - target[i]!)) / o.rows),
      );
    return out;
  }

  /** The mean over rows of the mean or the sum of (o − y)². */
  squaredError(o: Matrix, target: ArrayLike<number>, reduction: 'mean' | 'sum'): Matrix {
    const out = this.matrix(1, 1);
    const n = reduction === 'sum' ? o.rows : o.data.length;
    o.data.forEach((value, i) => (out.data[0]! += (value - target[i]!) ** 2 / n));
    out.pull = () =>
      o.gradient.forEach(
        (_, i) => (o.gradient[i]! += (out.gradient[0]! * 2 * (o.data[i]! - target[i]!)) / n),
      );
    return out;
  }

  /** λ₂/2 Σw² + λ₁ Σ|w|. */
  penalty(w: Matrix, l1: number, l2: number): Matrix {
    const out = this.matrix(1, 1);
    w.data.forEach((value) => (out.data[0]! += (l2 / 2) * value ** 2 + l1 * Math.abs(value)));
    out.pull = () =>
      w.gradient.forEach(
        (_, i) =>
          (w.gradient[i]! += out.gradient[0]! * (l2 * w.data[i]! + l1 * Math.sign(w.data[i]!))),
      );
    return out;
  }

  private matrix(rows: number, columns: number): Matrix {
    const matrix = new Matrix(rows, columns);
    this.made.push(matrix);
    return matrix;
  }
}
