import type { AstroGlobal } from 'astro';

/** Does `work` for a tag of a chapter; what it throws then names the chapter's file and the tag. */
export async function inChapter<T>(
  astro: Pick<AstroGlobal, 'locals' | 'url'>,
  tag: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    const { starlightRoute } = astro.locals as {
      starlightRoute?: { entry?: { filePath?: string } };
    };
    const file = starlightRoute?.entry?.filePath ?? astro.url.pathname;
    const said = reason instanceof Error ? reason.message : String(reason);
    throw new Error(`${file}: ${tag}: ${said}`, { cause: reason });
  }
}
