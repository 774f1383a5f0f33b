import { pagesWithWidgets, site, type SiteFacts } from './site.ts';

/** A widget of the registry and its chapter, or where that does not hold it the first page that does. */
export interface Placed {
  id: string;
  path: string;
  widget: SiteFacts['widgets'][number];
}

/** Every widget that stands on a page. */
export const placed: Placed[] = site.widgets.flatMap((widget) => {
  const pages = pagesWithWidgets.filter(({ ids }) => ids.includes(widget.id));
  const page = pages.find(({ path }) => path === `${widget.chapter}/`) ?? pages[0];
  return page ? [{ id: widget.id, path: page.path, widget }] : [];
});

/** A widget on the page of its own: a chapter takes longer to load, and its figures are asked elsewhere. */
export const alone = (one: Placed): Placed => ({ ...one, path: `widgets/${one.id}/` });

/** Those that train a network. */
export const training: Placed[] = placed.filter(({ widget }) => widget.kind === 'training');

/** Whether a widget calls no kernel that another does not call. */
export const asksWithin = (one: Placed, other: Placed): boolean =>
  one.widget.kernels.every((kernel) => other.widget.kernels.includes(kernel));

/**
 * One widget for each set of kernels that training widgets call, but for sets that lie within another. It
 * asks a backend's kernels what every widget of the set would ask them; training all of them on WebGL is
 * `npm run bench:webgl`.
 */
export const onePerKernelSet: Placed[] = training
  .toSorted((a, b) => b.widget.kernels.length - a.widget.kernels.length)
  .reduce<Placed[]>(
    (found, one) => (found.some((other) => asksWithin(one, other)) ? found : [...found, one]),
    [],
  );
