import { tagsIn } from '../build/tags';
import { readClaim, type Claim } from './claim';

/** A claim and the chapter that makes it. */
export interface Placed {
  claim: Claim;
  chapter: string;
  line: number;
  /** What the chapter adds to it, as MDX: for a claim that fails, what is true instead. */
  more: string;
}

/** A chapter's text: its slug, its file and its MDX. */
export interface Text {
  slug: string;
  file: string;
  text: string;
}

/**
 * All claims of some chapters, in the order of the text.
 *
 * @throws a sentence with file and line, where a claim is not written as it should be or two share an id.
 */
export function collectClaims(chapters: readonly Text[]): Placed[] {
  const found: Placed[] = [];
  for (const { slug, file, text } of chapters) {
    for (const { attributes, line, inner } of tagsIn(text, ['Claim'])) {
      try {
        const claim = readClaim(attributes);
        const twin = found.find((other) => other.claim.id === claim.id);
        if (twin) throw new Error(`the id "${claim.id}" is used in ${twin.chapter} too.`);
        found.push({ claim, chapter: slug, line, more: inner });
      } catch (error) {
        throw new Error(`${file}:${line}: <Claim>: ${(error as Error).message}`, { cause: error });
      }
    }
  }
  return found;
}
