import type { HastPluginEntry } from 'satteri';

/** A table of the text scrolls in its place where it is wider than the page, and shows that there is more. */
export const wideTables: HastPluginEntry = {
  name: 'gradient-lab-wide-tables',
  element: {
    filter: ['table'],
    visit: (node) => ({
      ...node,
      properties: { ...node.properties, className: ['gl-scroller'] },
    }),
  },
};
