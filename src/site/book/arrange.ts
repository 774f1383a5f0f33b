/** What ordering needs to know of a chapter. */
export interface Placed {
  id: string;
  filePath?: string | undefined;
  data: { title: string; part: string; order: number };
}

export interface Part<C extends Placed = Placed> {
  name: string;
  chapters: C[];
}

const nameOf = (chapter: Placed) => chapter.filePath ?? `content/${chapter.id}.mdx`;

/**
 * Chapters in the order of their `order`, gathered into their parts.
 *
 * @throws a sentence that names the files, where two chapters have one place or a part is torn.
 */
export function arrange<C extends Placed>(chapters: readonly C[]): Part<C>[] {
  const parts: Part<C>[] = [];
  let previous: C | undefined;
  for (const chapter of [...chapters].sort((a, b) => a.data.order - b.data.order)) {
    if (previous?.data.order === chapter.data.order) {
      throw new Error(
        `${nameOf(chapter)}: "order" is ${chapter.data.order}, and so it is in ` +
          `${nameOf(previous)}. Give each chapter its own place.`,
      );
    }
    const current = parts.at(-1);
    if (current?.name === chapter.data.part) {
      current.chapters.push(chapter);
    } else if (parts.some((part) => part.name === chapter.data.part)) {
      throw new Error(
        `${nameOf(chapter)}: "order" ${chapter.data.order} puts it after the part ` +
          `“${current?.name}”, away from the rest of “${chapter.data.part}”. ` +
          'Give the chapters of a part neighbouring numbers.',
      );
    } else {
      parts.push({ name: chapter.data.part, chapters: [chapter] });
    }
    previous = chapter;
  }
  return parts;
}
