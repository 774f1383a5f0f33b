import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { yamlOf } from '../site/build/front-matter.ts';

/** The absolute path of a file named from the repository's root. */
export const fromRoot = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What a new file needs to know of a chapter. */
export interface Chapter {
  slug: string;
  part: string;
  order: number;
  draft: boolean;
}

/** The chapters of content/ in the order of the book. */
export function chapters(): Chapter[] {
  return readdirSync(fromRoot('content'))
    .filter((name) => /^[^_].*\.mdx$/.test(name))
    .flatMap((name) => {
      const head = yamlOf(read(name)) ?? '';
      const field = (key: string) =>
        new RegExp(`^${key}: *["']?(.*?)["']? *$`, 'm').exec(head)?.[1];
      const [part, order] = [field('part'), field('order')];
      if (part === undefined || order === undefined) return [];
      const slug = name.replace(/\.mdx$/, '');
      return [{ slug, part, order: Number(order), draft: field('draft') === 'true' }];
    })
    .sort((a, b) => a.order - b.order);
}

const read = (name: string) => readFileSync(fromRoot(`content/${name}`), 'utf8');

/** A title as the name of a file: "What a float can hold" → "what-a-float-can-hold". */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (slug === '') throw new Error(`The title "${title}" has no letter for an address.`);
  return slug;
}

/** The name that the contributor's git knows, else a word to replace. */
export function authorName(): string {
  const { stdout } = spawnSync('git', ['config', 'user.name'], { encoding: 'utf8' });
  return stdout?.trim() || 'Your Name';
}

/** A template with each `{{name}}` replaced. */
export function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template asks for {{${name}}}.`);
    return value;
  });
}
