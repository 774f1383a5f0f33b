import type { HastPluginEntry } from 'satteri';

/** An empty head cell, as in a table's corner, heads nothing: it becomes a plain cell. */
export const tableCorner: HastPluginEntry = {
  name: 'gradient-lab-table-corner',
  element: {
    filter: ['th'],
    visit(node) {
      return node.children.length === 0 ? { ...node, tagName: 'td' } : undefined;
    },
  },
};
