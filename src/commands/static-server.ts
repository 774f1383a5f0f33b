import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sirv from 'sirv';

export interface Served {
  /** The address of the site's home page. */
  url: string;
  /** Whether another port than the one asked for was taken. */
  moved: boolean;
  close: () => Promise<void>;
}

/** A base path with one slash at each end: `gradient-lab` becomes `/gradient-lab/`. */
export const normalBase = (base: string): string => `/${base}/`.replace(/\/{2,}/g, '/');

/**
 * Serves a built site as a static host does: index.html for folders, 404.html for what is missing.
 *
 * @param folder the build's output.
 * @param options.base the path under which the site was built.
 * @param options.port the port to try first; where it is taken the next free one is used.
 * @throws a sentence where the folder holds no site.
 */
export async function serveStatic(
  folder: string,
  { base = '/', port = 4321, host = 'localhost' } = {},
): Promise<Served> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`There is no built site in ${folder}. Build it first: npm run build.`);
  }
  const prefix = normalBase(base);
  const files = sirv(folder, {
    etag: true,
    setHeaders: (response, path) => {
      const hashed = path.includes('/_astro/');
      response.setHeader(
        'Cache-Control',
        hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const missing = () => {
      const page = join(folder, '404.html');
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(existsSync(page) ? readFileSync(page) : 'Not found');
    };
    if (pathname === prefix.slice(0, -1)) {
      response.writeHead(302, { Location: prefix }).end();
    } else if (!pathname.startsWith(prefix)) {
      missing();
    } else {
      request.url = `/${pathname.slice(prefix.length)}${search}`;
      files(request, response, missing);
    }
  });
  const moved = await listen(server, port, host);
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${actual}${prefix}`,
    moved,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Listens on `port`, or on the first free one of the twenty after it; says whether it moved. */
async function listen(server: Server, port: number, host: string): Promise<boolean> {
  for (let candidate = port; ; candidate++) {
    const taken = await new Promise<boolean>((resolve, reject) => {
      const refused = (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' && port !== 0 && candidate < port + 20
          ? resolve(true)
          : reject(error);
      server.once('error', refused);
      server.listen(candidate, host, () => {
        server.off('error', refused);
        resolve(false);
      });
    });
    if (!taken) return candidate !== port;
  }
}
