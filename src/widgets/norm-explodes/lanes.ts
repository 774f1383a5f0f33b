import type { MlpSpec } from '../../engine/types';
import { digits, residual, startFor } from '../../kit/training';
import type { Lane, LaneRole } from '../../kit/widget';
import type { ExplodesSettings } from './params';

/** The norms; a network has at most one. */
const NORMS: { name: string; label: string; role: LaneRole; norm: Partial<MlpSpec> }[] = [
  { name: 'problem', label: 'Batch norm', role: 'problem', norm: { batchNorm: true } },
  { name: 'none', label: 'No norm', role: 'control', norm: {} },
  { name: 'layerNorm', label: 'Layer norm', role: 'neutral', norm: { layerNorm: true } },
  { name: 'rmsNorm', label: 'RMS norm', role: 'cure', norm: { rmsNorm: true } },
];

/** Widths of the networks with batch norm that are set side by side. */
const WIDTHS: { name: string; width: number; role: LaneRole }[] = [
  { name: 'w32', width: 32, role: 'control' },
  { name: 'w128', width: 128, role: 'neutral' },
  { name: 'w512', width: 512, role: 'problem' },
];

/** Where the sum of a block with batch norm stands. */
const FORMS: { name: string; label: string; role: LaneRole; form: ExplodesSettings['form'] }[] = [
  { name: 'problem', label: 'Plain', role: 'problem', form: 'none' },
  { name: 'postActivation', label: 'Post-activation', role: 'neutral', form: 'postActivation' },
  { name: 'preActivation', label: 'Pre-activation', role: 'cure', form: 'preActivation' },
];

/** The networks that stand side by side, all with as many layers. */
export function lanesOf(settings: ExplodesSettings): Lane[] {
  const lane = (name: string, label: string, role: LaneRole, own: Partial<MlpSpec>): Lane => ({
    ...{ name, label, role },
    spec: specOf(settings, own),
  });
  switch (settings.compare) {
    case 'norms':
      return NORMS.map(({ name, label, role, norm }) =>
        lane(name, label, role, { ...norm, ...joined(settings.form) }),
      );
    case 'widths':
      return WIDTHS.map(({ name, width, role }) =>
        lane(name, `Width ${width}`, role, { batchNorm: true, width }),
      );
    case 'forms':
      return FORMS.map(({ name, label, role, form }) =>
        lane(name, label, role, { batchNorm: true, ...joined(form) }),
      );
  }
}

/** A plain network does not name how its blocks are joined. */
const joined = (form: ExplodesSettings['form']): Partial<MlpSpec> =>
  form === 'none' ? {} : { residual: form };

function specOf(settings: ExplodesSettings, own: Partial<MlpSpec>) {
  const { blocks, width, activation, learningRate } = settings;
  return digits(
    {
      depth: residual.depthOf(blocks),
      ...{ width, activation },
      initializer: startFor(activation),
      ...own,
      optimizer: { kind: 'sgd', learningRate },
    },
    settings,
  );
}
