import { pageUrl } from '../book/book';

/** The full address of the site as built, with a slash at its end. */
export const siteAddress = (site: URL | undefined): string => new URL(pageUrl(''), site).href;
