import { pathToFileURL } from 'node:url';
import { mdxToJs, type MdastPluginEntry } from 'satteri';

/** Compiles MDX as the site's build does, as if it were content/example.mdx; returns the module. */
export function compile(source: string, ...mdastPlugins: MdastPluginEntry[]): string {
  const { code } = mdxToJs(source, {
    features: { math: true },
    jsxImportSource: 'astro',
    elementAttributeNameCase: 'html',
    optimizeStatic: { component: 'Fragment', prop: 'set:html' },
    fileURL: pathToFileURL('content/example.mdx'),
    mdastPlugins,
  }) as { code: string };
  return code.slice(code.indexOf('return _jsx'), code.indexOf('function MDXContent'));
}
