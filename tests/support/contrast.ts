import type { Page } from '@playwright/test';

/** Selects what `markTexts` has marked. */
export const MARKED = '[data-contrast]';

/**
 * Marks the texts whose contrast is to be measured: of those that are drawn alike the first. How a text
 * stands out follows from its style, from what is drawn behind it and from whether it belongs to something
 * disabled; texts that agree in all of these are one question, which measuring each of a page's thousand
 * texts asks again and again. Frames are marked too, whose own documents are then measured whole.
 */
export async function markTexts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Set<string>();
    /** What an element draws behind the texts in it, and whether it may lie over something else. */
    const behind = new Map<Element, string>();
    const drawnBy = (element: Element | null): string => {
      if (element === null) return '';
      let found = behind.get(element);
      if (found === undefined) {
        const style = getComputedStyle(element);
        // What leaves the flow may cover anything, and what scrolls may hide it: each is a case of its own.
        const plainPlace = style.position === 'static' && style.overflow === 'visible';
        const place = plainPlace ? '' : String(behind.size);
        const own = [
          ...[style.backgroundColor, style.backgroundImage, style.opacity, style.filter, place],
          element.matches(':disabled, [aria-disabled="true"], [inert]'),
        ].join();
        const plain = own === 'rgba(0, 0, 0, 0),none,1,none,,false';
        found = drawnBy(element.parentElement) + (plain ? '' : `/${own}`);
        behind.set(element, found);
      }
      return found;
    };
    const hasText = (element: Element): boolean =>
      element.matches('input, select, textarea') ||
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '',
      );
    const lettering = (element: Element): string => {
      const style = getComputedStyle(element);
      return [
        ...[style.color, style.fontSize, style.fontWeight, style.textShadow],
        ...[style.textDecoration, style.borderBottom],
      ].join();
    };
    for (const element of document.body.querySelectorAll(':not(.katex *)')) {
      if (element.localName !== 'iframe') {
        if (!hasText(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
        const { control } = element.closest('label') ?? {};
        const key = [
          ...[element.localName, lettering(element), lettering(element.parentElement!)],
          ...[drawnBy(element), control?.matches(':disabled, [aria-disabled="true"]')],
        ].join('|');
        if (seen.has(key)) continue;
        seen.add(key);
      }
      element.setAttribute('data-contrast', '');
    }
  });
}
