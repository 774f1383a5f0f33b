import { escape } from '../../kit/charts/markup';
import type { Claim } from './claim';

/** The path of a claim's bare page, for frames in other sites. */
export const claimPath = (id: string): string => `embed/claims/${id}/`;

/**
 * The code that puts a claim into another page, as HTML.
 *
 * @param site address of the site, with a slash at its end.
 */
export const claimFrame = (site: string, { id, says }: Claim): string =>
  `<iframe src="${site}${claimPath(id)}"\n` +
  `  title="${escape(says)} (Gradient Lab)" loading="lazy"\n` +
  `  width="100%" height="320" frameborder="0"></iframe>`;
