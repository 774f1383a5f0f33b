import type { Page } from '@playwright/test';

/** What a widget shows before a script has run. */
export interface StillFigure {
  id: string;
  /** Whether the first of its pictures is to be seen. */
  drawn: boolean;
  /** How many rows its tables have. */
  rows: number;
}

/** Every widget of a page that has loaded without scripts. */
export const stillFigures = (page: Page): Promise<StillFigure[]> =>
  page.locator('[data-widget]').evaluateAll((all) =>
    all.map((widget) => {
      const picture = widget.querySelector('[role="img"], img');
      const { width, height } = picture?.getBoundingClientRect() ?? { width: 0, height: 0 };
      return {
        id: widget.getAttribute('data-widget')!,
        drawn: width > 0 && height > 0 && picture!.checkVisibility({ visibilityProperty: true }),
        rows: widget.querySelectorAll('table tbody tr').length,
      };
    }),
  );
