import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../config/root.ts';

/**
 * The ids of the widgets that train networks side by side, read off their declarations' texts: for plain
 * Node, which cannot load the registry.
 */
export function trainingIds(): string[] {
  const folder = join(root, 'src/widgets');
  return readdirSync(folder).filter((id) => {
    const declaration = join(folder, id, 'widget.ts');
    return existsSync(declaration) && readFileSync(declaration, 'utf8').includes('defineTraining(');
  });
}
