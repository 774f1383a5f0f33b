/**
 * Query keys and attributes that the page itself reads, or that who passed a link on has put there: no
 * parameter may be called so, and none of them is a widget's.
 */
const reservedNames: ReadonlySet<string> = new Set([
  'id',
  'name',
  'widget',
  'figures',
  'controls',
  'present',
  'fbclid',
  'gclid',
]);

const pageNames: ReadonlySet<string> = new Set([
  ...['backend', 'chart', 'preset', 'seeds', 'step', 'theme', 'v'],
]);

/** Whether a key says something of the page or of a widget as a whole. */
export const isPageKey = (key: string): boolean => pageNames.has(key);

/** Whether a key belongs to the page or to a campaign (`utm_source` …), never to a widget. */
export const isReserved = (key: string): boolean =>
  pageNames.has(key) || reservedNames.has(key) || key.startsWith('utm_');
