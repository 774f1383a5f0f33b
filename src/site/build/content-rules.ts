import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** The sentence for a Markdown file that would be skipped in silence, or undefined. */
export function refuseMarkdown(files: readonly string[]): string | undefined {
  const wrong = files.filter((file) => /\.(md|markdown|mdown)$/.test(file));
  if (wrong.length === 0) return undefined;
  return (
    `content/${wrong[0]}: chapters end in .mdx. In a .md file a wrong formula would be ` +
    `logged and the build would go on; rename it to ${wrong[0]!.replace(/\.\w+$/, '.mdx')}.`
  );
}

/** Stops the build when content/ holds a file that the build could not check. */
export function contentRules(): AstroIntegration {
  return {
    name: 'gradient-lab:content-rules',
    hooks: {
      'astro:config:setup': ({ config }) => {
        const folder = fileURLToPath(new URL('content', config.root));
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
        const problem = refuseMarkdown(files);
        if (problem) throw new Error(problem);
      },
    },
  };
}
