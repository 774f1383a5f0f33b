import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { viteConfig } from './vite.ts';

/** A command in one file, and the modules that it was made of, by their paths. */
export interface Bundle {
  code: string;
  modules: string[];
}

/**
 * Makes one file of a command and of all that it imports, packages apart that Node can load by itself.
 * One, since a run that loads a part of itself later must not find that of other sources. Throws what
 * Vite says of sources that it cannot read.
 */
export async function bundleCommand(root: string, name: string): Promise<Bundle> {
  const modules: string[] = [];
  const config = viteConfig(root);
  const output = await asProduction(() =>
    build({
      ...config,
      plugins: [...(config.plugins ?? []), ownPlace(), noting(modules)],
      publicDir: false,
      build: {
        ssr: `${root}src/commands/${name}.ts`,
        write: false,
        minify: false,
        rolldownOptions: { output: { format: 'es', codeSplitting: false } },
      },
    }),
  );
  const [chunk] = (output as Rolldown.RolldownOutput).output;
  return { code: chunk.code, modules };
}

/** `import.meta` as it is in a module's own place: the bundle lies elsewhere, and what is read lies beside the module. */
function ownPlace(): Plugin {
  return {
    name: 'own-place',
    enforce: 'pre',
    transform(code, id) {
      if (!code.includes('import.meta.')) return null;
      const [filename = ''] = id.split('?');
      const place = {
        url: pathToFileURL(filename).href,
        filename,
        dirname: dirname(filename),
      };
      const placed = code.replace(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, name: string) =>
        JSON.stringify(place[name as keyof typeof place]),
      );
      return { code: placed, map: null };
    },
  };
}

/** Notes the files of all modules that are read, of those too from which nothing is kept. */
function noting(files: string[]): Plugin {
  return {
    name: 'noting',
    generateBundle() {
      const paths = [...this.getModuleIds()].map((id) => id.split('?')[0]!);
      // Others are no files: what the bundler adds of its own.
      files.push(...new Set(paths.filter((path) => /^(\/|[A-Za-z]:)/.test(path))));
    },
  };
}

/** Vite reads `NODE_ENV`, and sets it where it is not: a bundle must depend on neither, nor a command. */
async function asProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}
