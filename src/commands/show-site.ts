import { basePath, outDir } from './build-site.ts';
import { serveStatic } from './static-server.ts';

/** Serves the built site until the process is stopped, and prints its address. */
export async function showSite(): Promise<void> {
  const port = Number(process.env['PORT'] || 4321);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT must be a number from 0 to 65535; it is "${process.env['PORT']}".`);
  }
  const { url, moved, close } = await serveStatic(outDir(), {
    base: basePath(),
    port,
    host: process.env['HOST'] || 'localhost',
  });
  if (moved) console.log(`Port ${port} is taken; using the next free one.`);
  console.log(`\n  Gradient Lab is at ${url}\n  Press Ctrl+C to stop.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}
