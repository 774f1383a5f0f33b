import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { importsOf, type Import } from './imports.ts';
import { betweenRooms, misplaced } from './rooms.ts';

/** A file by its path from the repository's root, with slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

/** Who may import what. The first layer whose `files` match a path is the file's layer. */
interface Layer {
  name: string;
  files: RegExp;
  /** Files of the repository that it may import, its own apart. */
  inside: RegExp[];
  /** Packages that it may import. `*` is any. */
  packages: RegExp[];
  /** Whether it may use Node's own modules. */
  node?: boolean;
  /** What to do instead. */
  advice: string;
}

const entries = /^src\/engine\/(types|client|json|closedForms(\/index)?)(\.ts)?$/;
const worker = /^src\/engine\/[^/]*[wW]orker(\.ts)?$/;
const any = /^/;
const svelte = /^svelte(\/|$)/;
const d3 = /^d3-(scale|shape)$/;

const layers: Layer[] = [
  {
    name: 'engine',
    files: /^src\/engine(\/|$)/,
    inside: [],
    packages: [/^@tensorflow\/tfjs/, /^assemblyscript/],
    advice: 'the engine knows numbers alone',
  },
  {
    name: 'charts',
    files: /^src\/kit\/charts(\/|$)/,
    inside: [/^src\/kit\/tokens\.css$/],
    packages: [svelte, d3],
    advice: 'pass arrays',
  },
  {
    name: 'kit',
    files: /^src\/kit(\/|$)/,
    inside: [entries, /^src\/kit\/charts(\/|$)/],
    packages: [svelte, d3],
    advice: "use the engine's entries (types, client, json, closedForms) and take the rest as data",
  },
  {
    name: 'widgets',
    files: /^src\/widgets(\/|$)/,
    inside: [entries, /^src\/kit(\/|$)/],
    packages: [svelte],
    advice: "a widget is made of the kit and the engine's entries, and knows no other widget",
  },
  {
    name: 'registry',
    files: /^src\/registry(\/|$)/,
    inside: [/^src\/kit(\/|$)/, entries],
    packages: [],
    advice: 'find widgets by import.meta.glob',
  },
  {
    name: 'embed',
    files: /^src\/embed(\/|$)/,
    inside: [/^src\/(registry|kit)(\/|$)/, entries, worker],
    packages: [svelte, /^vite$/, /^@sveltejs\/vite-plugin-svelte$/],
    node: true,
    advice: 'an embed is made of registry and kit',
  },
  {
    name: 'checkup',
    files: /^src\/checkup(\/|$)/,
    inside: [],
    packages: [/^pbf$/],
    advice: 'the check-up is plain functions over a file’s bytes, for page and command alike',
  },
  {
    name: 'site',
    files: /^(src\/(site|pages)\/|src\/content\.config\.ts$|astro\.config\.)/,
    inside: [
      /^src\/(registry|kit|site|pages|checkup)(\/|$)/,
      /^src\/embed\/(protocol|api|snippets)(\.ts)?$/,
      /^content\//,
      /^package\.json$/,
      entries,
      worker,
      /^src\/engine\/vite(\.ts)?$/,
    ],
    packages: [any],
    node: true,
    advice: 'go through registry and kit',
  },
  {
    name: 'commands',
    files: /^src\/commands(\/|$)/,
    inside: [/^src\//, /^astro\.config/],
    packages: [any],
    node: true,
    advice: 'commands may use every part of src',
  },
  {
    name: 'content',
    files: /^content\//,
    inside: [],
    packages: [],
    advice: 'name a widget by its id',
  },
];

/** Files of browser layers that run in Node alone: on the build's side, or in its stead. */
const nodeFiles =
  /^src\/(engine\/(node|vite|capture\/compile|data\/pack|.*\.node)|registry\/server)(\.ts)?$/;

/**
 * One sentence for each import that the architecture forbids, with file and line; empty where all
 * is well. Tests may import everything.
 */
export function violations(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const layer = layers.find(({ files: pattern }) => pattern.test(file.path));
    if (!layer) return [];
    const place = misplaced(file.path);
    const problems = importsOf(file.path, file.text).flatMap((mention) => {
      const problem = problemOf(file.path, layer, mention);
      return problem ? [`${file.path}:${mention.line}: ${problem}`] : [];
    });
    return place ? [`${file.path}: ${place}`, ...problems] : problems;
  });
}

function problemOf(path: string, layer: Layer, mention: Import): string | null {
  const { specifier, kind } = mention;
  if (layer.name === 'content') return 'content may not import: what a chapter needs is provided';
  if (specifier === null)
    return layer.name === 'commands' || layer.name === 'site' || kind === 'url'
      ? null
      : 'an import must name its module by a plain string, so that readers and tests see it';
  if (!/^[./]/.test(specifier)) return problemOfPackage(path, layer, specifier);

  const target = targetOf(path, specifier);
  const folder = /^$|\/$/.test(target);
  if (kind === 'url' && folder) return null;
  const owner = layers.find(({ files }) => files.test(target));
  if (/^tests\//.test(target)) return 'src may not import tests: tests import src';
  if (!layer.node && nodeFiles.test(target) && !nodeFiles.test(path))
    return `${target} runs in Node, and ${path} in the browser`;
  if (owner?.name === 'commands' && layer.name !== 'commands')
    return 'src may not import commands: people call them';
  if (/^src\/engine\/oracle\//.test(target) && !/^src\/engine\/(oracle\/|closedForms)/.test(path))
    return 'only closed forms and tests may import the oracle: networks shown to readers train with tfjs';
  const between = betweenRooms(path, target);
  if (between) return between;
  if (layer.name === 'registry' && owner?.name === 'widgets')
    return mention.kind === 'glob'
      ? null
      : `registry may not import a widget by name: ${layer.advice}`;
  if (layer.name === 'widgets' && owner === layer) return problemInWidgets(path, target, mention);
  if (owner === layer || layer.inside.some((pattern) => pattern.test(target))) return null;
  const what = owner?.name ?? target;
  return `${layer.name} may not import ${what === 'engine' && layer.inside.includes(entries) ? `${target} of the engine` : what}: ${layer.advice}`;
}

function problemOfPackage(path: string, layer: Layer, specifier: string): string | null {
  if (specifier.startsWith('virtual:') || specifier.startsWith('astro:'))
    return layer.name === 'site' || layer.name === 'embed'
      ? null
      : `${layer.name} may not import ${specifier}: ${layer.advice}`;
  const builtin = specifier.startsWith('node:') || builtinModules.includes(specifier);
  if (builtin)
    return layer.node || nodeFiles.test(path)
      ? null
      : `${layer.name} may not import ${specifier}: it runs in the browser`;
  return nodeFiles.test(path) || layer.packages.some((pattern) => pattern.test(specifier))
    ? null
    : `${layer.name} may not import the package ${specifier}: ${layer.advice}`;
}

/** Between the files of src/widgets: no neighbour, and nothing heavy in a declaration. */
function problemInWidgets(path: string, target: string, { kind }: Import): string | null {
  const folder = /^src\/widgets\/[^/]+\//.exec(path)?.[0] ?? path;
  if (!target.startsWith(folder))
    return 'a widget may not import another widget: what two share belongs to the kit';
  const heavy = /\.svelte$|\/experiment(\.ts)?$/.test(target);
  return path === `${folder}widget.ts` && heavy && (kind === 'static' || kind === 'glob')
    ? `widget.ts may not import ${posix.basename(target)}: name it by () => import(…), so that a page loads it when it is needed`
    : null;
}

/** Path from the root of a relative or root-relative specifier. */
function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('/')) return specifier.slice(1);
  return posix.join(posix.dirname(path), specifier).replace(/^\.\/?$/, '');
}
