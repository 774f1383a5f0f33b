import { pagesWithWidgets, site, type SiteFacts } from './site.ts';

/** Where each training widget can be seen: the first page of the sitemap that holds it. */
export const training: { id: string; path: string; widget: SiteFacts['widgets'][number] }[] =
  site.widgets
    .filter(({ kind }) => kind === 'training')
    .flatMap((widget) => {
      const page = pagesWithWidgets.find(({ ids }) => ids.includes(widget.id));
      return page ? [{ id: widget.id, path: page.path, widget }] : [];
    });
