import { createEngineService } from '../engine/client';
import type { EngineService } from '../engine/types';

/** What the engine's classic script finds and leaves in a page that has no worker. */
interface EnginePage {
  gradientLabAddress: (name: string) => string;
  gradientLabLoad: (url: string) => Promise<void>;
  gradientLabService?: EngineService;
}

/**
 * The embed's engine over classic workers. Where a frame may not make a worker by URL (its origin
 * is opaque), a blob may import the same script; where it may make none, the page computes.
 *
 * @param address gives the full address of one of the embed's scripts.
 */
export function embedEngine(address: (name: string) => string): () => Promise<EngineService> {
  let service: EngineService | null = null;
  const names = Object.fromEntries(
    ['engine.js', 'wasm-binary.js'].map((name) => [name, address(name)]),
  );
  const source =
    `const names = ${JSON.stringify(names)};\n` +
    'self.gradientLabAddress = (name) => names[name];\n' +
    "importScripts(names['engine.js']);";

  function createWorker(): Worker {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(url);
    // The worker has its script once it answers; the address is not needed after that.
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
    return worker;
  }

  async function withoutWorker(): Promise<EngineService> {
    const page = self as unknown as EnginePage;
    page.gradientLabAddress = address;
    page.gradientLabLoad = loadScript;
    await loadScript(address('engine.js'));
    if (!page.gradientLabService) throw new Error('The engine could not be started in the page.');
    return page.gradientLabService;
  }

  return () => Promise.resolve((service ??= createEngineService({ createWorker, withoutWorker })));
}

/** Loads a classic script. Rejects with a sentence where that fails. */
function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} could not be loaded.`));
    document.head.append(script);
  });
}
