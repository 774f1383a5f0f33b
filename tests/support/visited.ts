/**
 * What is laid out wrongly in a page of the site, asked in the page itself, so that every browser can be asked.
 * Each function stands alone: it is sent to the browser as text.
 */

/** Loads an address of the site into a frame, which takes the place of all that the page holds. */
export async function openFrame(url: string): Promise<void> {
  const frame = document.createElement('iframe');
  frame.height = '900';
  frame.style.cssText = 'border: 0; min-width: 0; max-width: none';
  document.body.replaceChildren(frame);
  await new Promise((resolve) => {
    frame.onload = resolve;
    frame.src = url;
  });
  await frame.contentDocument!.fonts.ready;
}

/**
 * What is laid out wrongly in the frame at each of some widths, first with the letters of the page and then with
 * letters of so many pixels, as a browser sets that was told a least size.
 */
export function faultsOfFrame({
  widths,
  least,
}: {
  widths: readonly number[];
  least: number;
}): string[] {
  const frame = document.querySelector('iframe')!;
  const inner = frame.contentDocument!;
  for (const folded of inner.querySelectorAll<HTMLDetailsElement>('.gl-widget details')) {
    // Of one name, one alone would be open; in Firefox the others then keep the width that they had.
    folded.removeAttribute('name');
    folded.open = true;
  }

  /** Controls that leave the cell that holds them, or their figure. */
  const outOfCell = (): string[] =>
    [...inner.querySelectorAll<HTMLElement>('.gl-widget :is(input, select, button)')]
      .filter((control) => inner.defaultView!.getComputedStyle(control).position !== 'absolute')
      .flatMap((control) => {
        const figure = control.closest('.gl-widget')!.getBoundingClientRect();
        // What stands in a row that scrolls sideways is reached there, as long as the row keeps to its figure.
        const row = control.closest('.gl-scroller');
        const { left, right, width } = (row ?? control).getBoundingClientRect();
        const cell = row ? figure : control.parentElement!.getBoundingClientRect();
        const most = Math.min(cell.right, figure.right);
        if (width === 0 || (right <= most + 0.5 && left >= cell.left - 0.5)) return [];
        return `${control.outerHTML.slice(0, 90)} ends at ${right} of ${most}`;
      });
  /** Equations that scroll by a sliver, which shows a bar and nothing else. */
  const slivers = (): string[] =>
    [...inner.querySelectorAll<HTMLElement>('.equation')]
      .map((box) => ({ box, over: box.scrollWidth - box.clientWidth }))
      .filter(({ over }) => over > 0 && over < 8)
      .map(({ box, over }) => `scrolls by ${over} px: ${box.innerText.slice(0, 60)}`);
  /** Formulas whose next word begins at once although a space stands between. */
  const glued = (): string[] =>
    [...inner.querySelectorAll<HTMLElement>('main .katex')].flatMap((formula) => {
      const next = formula.nextSibling;
      const text = next?.nodeType === 3 ? next.textContent! : '';
      const word = /^\s+(\S)/.exec(text);
      if (!next || !word) return [];
      const letter = inner.createRange();
      letter.setStart(next, word[0].length - 1);
      letter.setEnd(next, word[0].length);
      const [end] = [...formula.getClientRects()].slice(-1);
      const begin = letter.getBoundingClientRect();
      const sameLine =
        end && begin.left > end.left && begin.top < end.bottom && begin.bottom > end.top;
      return sameLine && begin.left - end.right < 1
        ? `“${formula.querySelector('annotation')?.textContent}” is glued to “${text.slice(0, 12)}”`
        : [];
    });

  /** Charts whose letters are not of the size that names in it are placed for, by how wide it is drawn. */
  const misprinted = (): string[] =>
    [...inner.querySelectorAll<HTMLElement>('.gl-chart')]
      .filter((chart) => chart.clientWidth > 0 && chart.querySelector(':scope > svg') !== null)
      .map((chart) => {
        const { fontSize } = inner.defaultView!.getComputedStyle(chart.querySelector('svg')!);
        return [parseFloat(fontSize), 18.6 - 0.0155 * chart.clientWidth] as const;
      })
      .filter(([size, due]) => Math.abs(size - Math.min(14, Math.max(7, due))) > 0.1)
      .map(([size, due]) => `a chart has letters of ${size} px in place of ${due}`);

  const found: string[] = [];
  const look = (some: readonly number[], how: string) => {
    for (const width of some) {
      frame.width = String(width);
      found.push(...outOfCell().map((fault) => `${width} px${how}: ${fault}`));
    }
  };
  look(widths, '');
  found.push(...slivers(), ...glued(), ...misprinted());
  if (inner.querySelector('.gl-widget')) {
    const sheet = inner.createElement('style');
    sheet.textContent = `* { font-size: ${least}px !important }`;
    inner.head.append(sheet);
    // Backwards: the page has the last of the widths.
    look([...widths].reverse(), `, letters of ${least} px`);
  }
  return found;
}
