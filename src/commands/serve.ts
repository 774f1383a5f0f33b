/** `npm run preview`: serves what was built. PORT and HOST say where. */
import { orSay } from './or-say.ts';
import { showSite } from './show-site.ts';

await orSay(showSite);
