/** `npm start`: builds the site, serves it and prints its address. */
import { buildSite } from './build-site.ts';
import { orSay } from './or-say.ts';
import { showSite } from './show-site.ts';

const code = await buildSite();
if (code === 0) await orSay(showSite);
else process.exitCode = code;
