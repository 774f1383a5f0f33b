import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  /** Address of the page, on an origin of its own. */
  url: string;
  close(): Promise<void>;
}

/** Serves one page of a foreign site, optionally under a content security policy and with further headers. */
export async function serveHostPage(
  body: string,
  policy?: string,
  headers: Record<string, string> = {},
): Promise<HostPage> {
  const server = createServer((request, response) => {
    if (request.url !== '/') {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      ...(policy ? { 'Content-Security-Policy': policy } : {}),
      ...headers,
    });
    response.end(
      `<!doctype html><html lang="en"><head><title>A course</title></head><body>${body}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
