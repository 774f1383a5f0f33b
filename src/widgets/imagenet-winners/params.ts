import { choice, type SettingsOf } from '../../kit/parameters';

export const params = {
  show: choice<'winners' | 'since'>({
    label: 'Results',
    options: [
      { value: 'winners', label: 'the challenge, 2010 to 2017: top-5 error' },
      { value: 'since', label: 'since then: top-1 accuracy of single networks' },
    ],
    default: 'winners',
  }),
};

export type WinnersSettings = SettingsOf<typeof params>;
