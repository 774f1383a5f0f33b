import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

export interface ServeOptions {
  /** Path under which the folder appears, with slashes at both ends; default '/'. */
  base?: string;
  /** Default: any free one. */
  port?: number;
  /** Further headers of every answer. None by default: no CORS, as on a plain host. */
  headers?: Record<string, string>;
  /** Answer with Brotli at its best quality, as a host with a cache does; default false. */
  brotli?: boolean;
}

export interface SiteServer {
  /** Address of the base path, with a slash at the end. */
  url: string;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};
const compressible = /text|json|xml|javascript|svg|wasm/;
const compress = promisify(brotliCompress);

/** Serves a built site as a plain static host does: index.html of folders, 404.html for the rest. */
export async function serveFolder(folder: string, options: ServeOptions = {}): Promise<SiteServer> {
  const { base = '/', port = 0, headers = {}, brotli = false } = options;
  const compressed = new Map<string, Buffer>();

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const answer = async (status: number, path: string) => {
      const type = types[extname(path)] ?? 'application/octet-stream';
      let body: Buffer = await readFile(path);
      const all: Record<string, string> = { 'Content-Type': type, ...headers };
      const accepted = request.headers['accept-encoding']?.includes('br');
      if (brotli && accepted && compressible.test(type)) {
        const kept = compressed.get(path);
        body =
          kept ??
          (await compress(body, {
            params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
          }));
        compressed.set(path, body);
        all['Content-Encoding'] = 'br';
      }
      response.writeHead(status, { ...all, 'Content-Length': String(body.length) });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    try {
      if (!pathname.startsWith(base)) return response.writeHead(404).end();
      const relative = normalize(decodeURIComponent(pathname.slice(base.length)));
      if (relative.startsWith('..')) return response.writeHead(400).end();
      const path = join(folder, relative);
      const kind = await stat(path).catch(() => null);
      if (kind?.isDirectory() && !pathname.endsWith('/'))
        return response.writeHead(301, { Location: `${pathname}/` }).end();
      const file = kind?.isDirectory() ? join(path, 'index.html') : path;
      if (await stat(file).catch(() => null)) return await answer(200, file);
      return await answer(404, join(folder, '404.html'));
    } catch (error) {
      return response.writeHead(500).end(String(error));
    }
  });
  await listen(server, port);
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
