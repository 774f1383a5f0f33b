import { inDigits, plot } from './plot';
import type { Curve } from './read';

/** The powers of ten of a curve, one a point; null where nothing has been drawn yet. */
type Drawn = (number | null)[];

/** Between points that are set the line is straight; beyond the first and the last it goes on level. */
export function filled(drawn: Drawn): number[] {
  const set = drawn.flatMap((power, k) => (power === null ? [] : [k]));
  return drawn.map((power, k) => {
    if (power !== null) return power;
    const before = set.findLast((one) => one < k);
    const after = set.find((one) => one > k);
    if (before === undefined) return drawn[after ?? 0] ?? 0;
    if (after === undefined) return drawn[before]!;
    const share = (k - before) / (after - before);
    return drawn[before]! + share * (drawn[after]! - drawn[before]!);
  });
}

/** The axes on which a reader draws. */
export class CurvePad {
  readonly #box: HTMLElement;
  readonly #curve: Curve;
  readonly #place: ReturnType<typeof plot>;
  readonly #sliders: HTMLInputElement[];
  readonly #changed: (ready: boolean) => void;
  #drawn: Drawn;
  #held = -1;
  #came: readonly number[] | null = null;
  #over = false;

  /**
   * @param given the number of the point that the reader is given.
   * @param changed hears whether there is a curve.
   */
  constructor(
    box: HTMLElement,
    curve: Curve,
    { points, given }: { points: number; given: number },
    changed: (ready: boolean) => void,
  ) {
    this.#box = box;
    this.#curve = curve;
    this.#changed = changed;
    this.#place = plot(curve, points);
    this.#drawn = Array.from({ length: points }, () => null);
    this.#drawn[curve.given] = Math.log10(given);
    this.#sliders = [...box.querySelectorAll('input')];
    const paper = box.querySelector<HTMLElement>('.paper')!;
    let last: { point: number; power: number } | null = null;
    const draw = (event: PointerEvent) => {
      const svg = box.querySelector('svg')!.getBoundingClientRect();
      const scale = this.#place.width / svg.width;
      const point = this.#place.pointAt((event.clientX - svg.left) * scale);
      const power = this.#place.powerAt((event.clientY - svg.top) * scale);
      // A quick hand passes over points between two of the browser's reports.
      const from = last ?? { point, power };
      const steps = Math.abs(point - from.point);
      for (let k = 0; k <= steps; k++) {
        const share = steps === 0 ? 1 : k / steps;
        const between = from.point + Math.round(share * (point - from.point));
        this.#set(between, from.power + share * (power - from.power));
      }
      last = { point, power };
      this.#draw();
    };
    paper.addEventListener('pointerdown', (event) => {
      if (this.#over) return;
      paper.setPointerCapture(event.pointerId);
      last = null;
      draw(event);
    });
    paper.addEventListener('pointermove', (event) => {
      if (!this.#over && paper.hasPointerCapture(event.pointerId)) draw(event);
    });
    for (const slider of this.#sliders) {
      const point = Number(slider.dataset['point']);
      slider.addEventListener('input', () => {
        this.#set(point, slider.valueAsNumber);
        this.#draw();
      });
      slider.addEventListener('focus', () => this.#hold(point));
      slider.addEventListener('blur', () => this.#hold(-1));
    }
    this.#draw();
  }

  /** The numbers drawn, one a point. */
  get values(): number[] {
    return filled(this.#drawn).map((power) => 10 ** power);
  }

  /** Draws what a reader drew before. */
  take(values: readonly number[]): void {
    values.forEach((value, point) => this.#set(point, Math.log10(value)));
    this.#draw();
  }

  /** Takes no more strokes, and lays the run's curve over the reader's. */
  close(came: readonly number[] | null): void {
    this.#over = true;
    this.#came = came;
    for (const slider of this.#sliders) slider.disabled = true;
    this.#draw();
  }

  #hold(point: number): void {
    this.#held = point;
    this.#draw();
  }

  #set(point: number, power: number): void {
    if (point === this.#curve.given) return;
    this.#drawn[point] = power;
    const slider = this.#sliders.find(({ dataset }) => Number(dataset['point']) === point);
    if (!slider) return;
    slider.value = String(power);
    slider.setAttribute('aria-valuetext', inDigits(10 ** power));
  }

  #draw(): void {
    const { xAt, yAt, bottom } = this.#place;
    const line = (powers: readonly number[]) =>
      `M${powers.map((power, k) => `${xAt(k).toFixed(1)},${yAt(power).toFixed(1)}`).join('L')}`;
    const some = this.#drawn.filter((power) => power !== null).length > 1;
    const points = this.#drawn.map((power, k) =>
      power === null && k !== this.#held
        ? ''
        : `<circle r="${k === this.#held ? 7 : 4.5}" class="${k === this.#held ? 'held' : ''}" ` +
          `cx="${xAt(k).toFixed(1)}" cy="${yAt(power ?? filled(this.#drawn)[k]!).toFixed(1)}"/>`,
    );
    const came = this.#came?.map((value) =>
      Math.min(this.#curve.to, Math.max(this.#curve.from, Math.log10(value))),
    );
    // A name stands at the start of its curve, under one that rises, and a line away from the other curve's name.
    const lowest = bottom - 4;
    const heightOf = ([first, next]: readonly number[]) =>
      Math.min(lowest, yAt(first!) + (next! > first! ? 17 : -8));
    const name = (text: string, powers: readonly number[], other?: readonly number[]) => {
      let y = heightOf(powers);
      const from = other ? heightOf(other) : -Infinity;
      if (Math.abs(y - from) < 15) y = from + 15 > lowest ? from - 15 : from + 15;
      return `<text x="${xAt(0) + 8}" y="${y.toFixed(1)}">${text}</text>`;
    };
    this.#box.querySelector('.drawing')!.innerHTML =
      (some ? `<path class="mine" d="${line(filled(this.#drawn))}"/>` : '') +
      points.join('') +
      (came
        ? `<path class="came" d="${line(came)}"/>` +
          came
            .map(
              (power, k) =>
                `<rect x="${xAt(k) - 3.5}" y="${yAt(power) - 3.5}" width="7" height="7"/>`,
            )
            .join('') +
          name('the run', came) +
          (some ? name('you', filled(this.#drawn), came) : '')
        : '');
    this.#changed(some);
  }
}

/** What a curve says of its ends: how much of the given point is left at the first. */
export const shareLeft = (values: readonly number[], given: number): string =>
  inDigits(values[0]! / values[given]!);
