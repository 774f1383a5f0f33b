import { withSources } from '../../src/commands/runner/sources.ts';
import { root } from '../config/root.ts';
import { plugins } from '../config/vite.ts';

/**
 * Loads a module of the repository through Vite, as the page does, and hands it to `use`: for what plain
 * Node cannot load, tfjs among it.
 */
export const throughVite = <Module, Result>(
  path: string,
  use: (module: Module) => Promise<Result>,
): Promise<Result> =>
  withSources({ root, plugins: plugins(), configFile: false, logLevel: 'error' }, `/${path}`, use);
