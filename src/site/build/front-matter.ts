const head = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

/** The YAML between the first two lines of dashes of a text, whatever ends its lines; null if none. */
export const yamlOf = (text: string): string | null => head.exec(text)?.[1] ?? null;

/** A text without its front matter. */
export const withoutFrontMatter = (text: string): string => text.replace(head, '');
