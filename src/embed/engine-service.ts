import { createEngineService } from '../engine/client';
import type { EngineService } from '../engine/types';

/**
 * The embed's engine over classic workers. Where a frame may not make a worker by URL (its origin
 * is opaque), a blob may import the same script.
 */
export function embedEngine(base: string): () => Promise<EngineService> {
  let service: EngineService | null = null;
  const source =
    `self.gradientLabBase = ${JSON.stringify(base)};\n` +
    `importScripts(${JSON.stringify(`${base}engine.js`)});`;

  function createWorker(): Worker {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(url);
    // The worker has its script once it answers; the address is not needed after that.
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
    return worker;
  }

  return () => Promise.resolve((service ??= createEngineService({ createWorker })));
}
