import type { BackendName } from '../engine/types';
import type { Role } from './charts/spec';

/** How each backend is drawn beside the others, in the order in which they are listed. */
export const backendRoles: Record<BackendName, Role> = {
  captured: 'accent',
  webgl: 'control',
  wasm: 'cure',
  cpu: 'neutral',
};
