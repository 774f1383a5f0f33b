import { flag, type SettingsOf } from '../../kit/parameters';

export const params = {
  spoil: flag({
    label: 'Spoil the reference',
    default: false,
    help: 'One expected number of each row is changed by a thousandth. Every row must then fail.',
  }),
};

export type CheckSettings = SettingsOf<typeof params>;
