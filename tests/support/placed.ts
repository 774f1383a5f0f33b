import { pagesWithWidgets, site, type SiteFacts } from './site.ts';

/** A widget of the registry and the first page of the sitemap that holds it. */
export interface Placed {
  id: string;
  path: string;
  widget: SiteFacts['widgets'][number];
}

/** Every widget that stands on a page. */
export const placed: Placed[] = site.widgets.flatMap((widget) => {
  const page = pagesWithWidgets.find(({ ids }) => ids.includes(widget.id));
  return page ? [{ id: widget.id, path: page.path, widget }] : [];
});

/** Those that train a network. */
export const training: Placed[] = placed.filter(({ widget }) => widget.kind === 'training');
