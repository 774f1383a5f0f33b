import type { StarlightPlugin } from '@astrojs/starlight/types';

/** Words of Starlight's that do not say by themselves what they are about: "Auto" alone names no colours. */
export const interfaceWords: StarlightPlugin = {
  name: 'gradient-lab:interface-words',
  hooks: {
    // Starlight asks for it of every plugin.
    'config:setup': () => undefined,
    'i18n:setup': ({ injectTranslations }) =>
      injectTranslations({
        en: {
          'themeSelect.accessibleLabel': 'Colours of the page',
          'themeSelect.auto': 'System colours',
          'themeSelect.dark': 'Dark colours',
          'themeSelect.light': 'Light colours',
        },
      }),
  },
};
