import { choice, int, type SettingsOf } from '../../kit/parameters';
import type { Shortcut, StridePlace } from './layers';
import { networkNames, networks, type NetworkName } from './networks';

const each = networkNames.map((value) => ({ value, label: networks[value].label }));

export const params = {
  network: choice<NetworkName>({ label: 'Network', options: each, default: 'vgg19' }),
  compare: choice<NetworkName | 'none'>({
    label: 'Beside it',
    options: [{ value: 'none', label: 'no other' }, ...each],
    default: 'resnet34',
  }),
  inputSize: int({
    label: 'Side of the input, in pixels',
    ...{ min: 1, max: 1024, default: 224 },
    help: 'Published counts are for 224.',
  }),
  shortcut: choice<Shortcut>({
    label: 'Shortcuts where the channels change',
    options: [
      { value: 'B', label: 'B: projected, all others identities' },
      { value: 'A', label: 'A: padded with zeros, no parameters' },
      { value: 'C', label: 'C: every shortcut projected' },
    ],
    default: 'B',
    advanced: true,
    help: 'VGG-19 and plain-34 have no shortcuts.',
  }),
  stride: choice<StridePlace>({
    label: 'Stride of a bottleneck that halves the side',
    options: [
      { value: 'first', label: 'in its first 1 × 1, as published' },
      { value: 'middle', label: 'in its 3 × 3, as in most libraries' },
    ],
    default: 'first',
    advanced: true,
    help: 'For networks of bottlenecks: ResNet-50, 101 and 152.',
  }),
};

export type DiagramSettings = SettingsOf<typeof params>;
