import type { HastPluginEntry } from 'satteri';

/** Code and names of parameters mean what they say in no other language: translators leave them. */
export const untranslated: HastPluginEntry = {
  name: 'gradient-lab-untranslated',
  element: {
    filter: ['code'],
    visit(node) {
      return { ...node, properties: { ...node.properties, translate: 'no' } };
    },
  },
};
