/** Prepares the site for its tests in the folder named: `node tests/support/prepare.ts FOLDER`. */
import { prepareIn } from './prepareSite.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder to prepare the site in.');
await prepareIn(folder);
