/** Reads a file and judges it off the page's thread. It keeps the file's numbers to judge them again. */
import { Reader } from './read/reader.ts';
import type { Reading } from './read/reading.ts';
import { reportOf } from './report/report.ts';
import type { Answer, Request } from './view/protocol.ts';
import { viewOf } from './view/view.ts';

let reading: Reading | null = null;
let site = '';

const answer = (message: Answer): void => self.postMessage(message);

async function read({
  name,
  content,
  site: address,
}: Extract<Request, { kind: 'read' }>): Promise<void> {
  const reader = new Reader(name);
  const blob = typeof content === 'string' ? new Blob([content]) : content;
  site = address;
  let told = performance.now();
  let done = 0;
  const stream = blob.stream().getReader();
  for (;;) {
    const { done: ended, value } = await stream.read();
    if (ended) break;
    reader.push(value);
    done += value.length;
    if (performance.now() - told < 100) continue;
    told = performance.now();
    answer({ kind: 'progress', read: done, size: blob.size, rows: reader.rows });
  }
  reading = reader.end();
}

async function handle(request: Request): Promise<void> {
  if (request.kind === 'read') await read(request);
  if (!reading) return;
  const chosen = new Map(request.kind === 'judge' ? request.chosen : []);
  answer({ kind: 'view', view: viewOf(reportOf(reading, { given: request.given, chosen }), site) });
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  handle(data).catch((error: unknown) =>
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
