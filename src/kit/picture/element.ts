/**
 * The motion of the living picture: values run forwards, then the error's signal runs back. It reads what its
 * drawing says (`data-motion`), so the same element moves the still drawing of a page and the live one of a
 * widget. It stands still where the reader asks for less motion, when paused, and out of sight; nothing in it
 * flashes: dots move, and the whole takes some seconds.
 */
import type { Motion } from '../charts/network/motion';
import { draw, PERIOD, type Palette } from './pulses';

/** Longest time between two pictures that still counts as motion, in milliseconds. */
const JUMP = 100;

class LivingPicture extends HTMLElement {
  #canvas: HTMLCanvasElement | null = null;
  #button: HTMLButtonElement | null = null;
  #inSight = false;
  #frame = 0;
  /** How far the motion has come, in milliseconds, and when that was. */
  #time = 0;
  #before = 0;
  #read: { text: string; motion: Motion } | null = null;
  #palette: { of: string; colours: Palette } | null = null;
  #leave: (() => void)[] = [];

  connectedCallback(): void {
    this.#canvas = this.querySelector('canvas');
    this.#button = this.querySelector('button');
    const less = matchMedia('(prefers-reduced-motion: reduce)');
    const settle = (): void => {
      const none = this.#context() === null;
      const note = this.querySelector<HTMLElement>('.no-canvas');
      if (this.#button) this.#button.hidden = less.matches || none;
      if (note) note.hidden = !none;
      this.#nudge();
    };
    const toggle = (): void => {
      // The button's words follow by the style sheet, so that a view that takes the markup over changes none.
      this.toggleAttribute('data-paused');
      this.#nudge();
    };
    const sight = new IntersectionObserver((entries) => {
      this.#inSight = entries.at(-1)?.isIntersecting ?? false;
      this.#nudge();
    });
    sight.observe(this);
    less.addEventListener('change', settle);
    this.#button?.addEventListener('click', toggle);
    this.#leave = [
      () => sight.disconnect(),
      () => less.removeEventListener('change', settle),
      () => this.#button?.removeEventListener('click', toggle),
      () => cancelAnimationFrame(this.#frame),
    ];
    settle();
  }

  disconnectedCallback(): void {
    for (const leave of this.#leave) leave();
    this.#frame = 0;
  }

  /** True while it moves. */
  get moving(): boolean {
    return this.#frame !== 0;
  }

  #context(): CanvasRenderingContext2D | null {
    return this.#canvas?.getContext?.('2d') ?? null;
  }

  #nudge(): void {
    const less = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const moves = this.#inSight && !this.hasAttribute('data-paused') && !less;
    if (!moves) {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      // What was on its way is not left standing where the reader asks for stillness.
      if (less) this.#clear();
      return;
    }
    if (this.#frame === 0) {
      this.#before = performance.now();
      this.#frame = requestAnimationFrame(this.#paint);
    }
  }

  #clear(): void {
    const canvas = this.#canvas;
    if (canvas) this.#context()?.clearRect(0, 0, canvas.width, canvas.height);
  }

  readonly #paint = (now: number): void => {
    this.#time = (this.#time + Math.min(JUMP, now - this.#before)) % PERIOD;
    this.#before = now;
    this.#frame = requestAnimationFrame(this.#paint);
    const context = this.#context();
    const motion = this.#motion();
    if (context === null || motion === null) return;
    const canvas = context.canvas;
    const ratio = Math.min(2, devicePixelRatio);
    const width = Math.round(canvas.clientWidth * ratio);
    const height = Math.round((width * motion.height) / motion.width);
    if (canvas.width !== width || canvas.height !== height)
      Object.assign(canvas, { width, height });
    context.setTransform(width / motion.width, 0, 0, width / motion.width, 0, 0);
    context.clearRect(0, 0, motion.width, motion.height);
    draw(context, motion, this.#time, this.#colours());
  };

  /** What the drawing in sight says. */
  #motion(): Motion | null {
    const wide = this.clientWidth >= Number(this.dataset['wide']);
    const text =
      this.querySelector<SVGElement>(wide ? '[data-shape="wide"]' : '[data-shape="narrow"]')
        ?.dataset['motion'] ?? '';
    if (text === '') return null;
    if (this.#read?.text !== text) this.#read = { text, motion: JSON.parse(text) as Motion };
    return this.#read.motion;
  }

  #colours(): Palette {
    const style = getComputedStyle(this);
    const token = (name: string): string => style.getPropertyValue(`--gl-${name}`).trim();
    const of = token('ink') + token('thread');
    if (this.#palette?.of !== of) {
      const [cold, thread, hot] = ['ramp-cold', 'thread', 'ramp-hot'].map(token);
      this.#palette = {
        of,
        colours: { value: token('ink'), cold: cold!, neutral: thread!, hot: hot! },
      };
    }
    return this.#palette.colours;
  }
}

if (!customElements.get('living-picture')) customElements.define('living-picture', LivingPicture);
