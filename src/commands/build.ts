/** `npm run build`: the whole site into dist (or OUT_DIR), for SITE_URL and BASE_PATH. */
import { buildSite } from './build-site.ts';

process.exitCode = await buildSite();
