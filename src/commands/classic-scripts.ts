import type { Rolldown } from 'vite';

type Chunk = Pick<
  Rolldown.OutputChunk,
  'fileName' | 'code' | 'isEntry' | 'imports' | 'dynamicImports' | 'facadeModuleId' | 'moduleIds'
>;

/** Where the scripts leave their modules for each other. */
const MODULES = 'self.gradientLabModules';

/** Finds a module's exports, running it the first time; a script's own address is known only then. */
const RUN = `(() => {
const modules = ${MODULES}, done = {};
const require = (path) => {
const name = path.replace('./', '');
if (!done[name]) {
const module = { exports: done[name] = {} };
modules[name](require, module.exports, module);
done[name] = module.exports;
}
return done[name];
};
`;

/**
 * Packs the CommonJS chunks of one build into classic scripts, by name: frame.js with what any widget
 * may need, and widgets/<id>.js with what one widget alone needs. A page loads the widget's script
 * and then frame.js, which starts.
 *
 * @param chunks the build of the frame, which reaches each widget by dynamic imports.
 * @param ids the widgets.
 * @throws a sentence where a widget is in no chunk of its own.
 */
export function classicScripts(
  chunks: readonly Chunk[],
  ids: readonly string[],
): Map<string, string> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entry = chunks.find(({ isEntry }) => isEntry);
  if (!entry) throw new Error('The frame has no entry.');

  const roots = new Map<string, string[]>();
  for (const id of ids) {
    const inFolder = chunks.filter(({ facadeModuleId }) =>
      /^(widget\.ts|recordings\.json)$/.test(facadeModuleId?.split(`/widgets/${id}/`)[1] ?? ''),
    );
    if (inFolder.length === 0) throw new Error(`The widget ${id} has no script of its own.`);
    roots.set(
      id,
      inFolder.map(({ fileName }) => fileName),
    );
  }
  const starts = new Set([...roots.values()].flat());

  /** All that can be asked for from these chunks, but nothing by way of a widget's start. */
  const reach = (from: readonly string[]): Set<string> => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      const chunk = byName.get(name);
      if (!chunk || seen.has(name)) return;
      seen.add(name);
      for (const next of [...chunk.imports, ...chunk.dynamicImports])
        if (!starts.has(next) || from.includes(next)) visit(next);
    };
    from.forEach(visit);
    return seen;
  };

  const homes = new Map<string, string>();
  const shared = reach([entry.fileName]);
  for (const [id, from] of roots)
    for (const name of reach(from)) {
      const taken = homes.has(name) || shared.has(name);
      homes.set(name, taken ? 'frame.js' : `widgets/${id}.js`);
    }
  for (const name of shared) homes.set(name, 'frame.js');

  const scripts = new Map<string, string[]>();
  for (const { fileName, code } of chunks) {
    const home = homes.get(fileName) ?? 'frame.js';
    const own = scripts.get(home) ?? [`${MODULES} ??= {};`];
    own.push(
      `${MODULES}[${JSON.stringify(fileName)}] = (require, exports, module) => {\n${code}\n};`,
    );
    scripts.set(home, own);
  }
  scripts.get('frame.js')?.push(`${RUN}require(${JSON.stringify(entry.fileName)});\n})();`);
  return new Map(
    [...scripts].map(([name, parts]) => [name, `'use strict';\n${parts.join('\n')}\n`]),
  );
}
