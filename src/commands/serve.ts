/** `npm run preview`: serves what was built. PORT and HOST say where. */
import { orSay, showSite } from './show-site.ts';

await orSay(showSite);
