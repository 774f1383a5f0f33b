import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaults } from '../../src/kit/codec.ts';
import type { ParameterTable } from '../../src/kit/parameters.ts';
import type { AnyWidget, TrainingResult } from '../../src/kit/widget.ts';
import { build } from './build.ts';
import { CROWD, crowd } from './crowd.ts';
import type * as KernelSets from './kernelSets.ts';
import { ADDED, newcomer } from './newcomer.ts';
import { serveFolder } from './server.ts';
import { throughVite } from './throughVite.ts';
import type { SiteFacts } from './site.ts';

const subPath = '/sub/path/';

/**
 * Before the site's tests: builds the site twice, at the root and under a sub-path, serves both and
 * leaves what tests need to know in the variable GRADIENT_LAB_SITE. The second one holds a chapter and a
 * widget more, as the commands for contributors generate them, and a crowd of further widgets.
 * `SITE_DIR` and `SUB_SITE_DIR` name builds to use instead. Returns the clearing up.
 */
export default async function buildSite(): Promise<() => Promise<void>> {
  const scratch = await mkdtemp(join(tmpdir(), 'gradient-lab-site-'));
  const given = process.env['SUB_SITE_DIR'];
  // At once: each build keeps about one core busy, and waits now and then.
  const [dir, subDir, widgets] = await Promise.all([
    process.env['SITE_DIR'] || build(join(scratch, 'root'), '/'),
    given || buildNewcomer(join(scratch, 'sub')),
    widgetFacts(),
  ]);
  const servers = [await serveFolder(dir), await serveFolder(subDir, { base: subPath })];
  const facts: SiteFacts = {
    dir,
    subDir,
    subPath,
    url: servers[0]!.url,
    subUrl: servers[1]!.url,
    widgets,
    added: given && !holdsCrowd(given) ? null : { ...ADDED, crowd: CROWD },
  };
  const file = join(scratch, 'facts.json');
  await writeFile(file, JSON.stringify(facts));
  process.env['GRADIENT_LAB_SITE'] = file;
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(scratch, { recursive: true, force: true });
  };
}

/** Whether a build holds what is added to the second one. */
const holdsCrowd = (dir: string): boolean => existsSync(join(dir, 'widgets', CROWD.at(-1)!));

/** Builds the site with what a newcomer and a crowd add to it, under the sub-path. */
async function buildNewcomer(dir: string): Promise<string> {
  const folder = newcomer();
  try {
    crowd(folder);
    return await build(dir, subPath, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The registry's declarations as plain data; Playwright cannot read import.meta.glob, Vite can. */
const widgetFacts = (): Promise<SiteFacts['widgets']> =>
  throughVite(
    'tests/support/kernelSets.ts',
    async ({ getRecording, kernelSets, widgets }: typeof KernelSets) => {
      const kernels = await kernelSets();
      const diverges = ({ id }: AnyWidget) => {
        const { lanes } = getRecording(id, '').result as TrainingResult;
        return Object.values(lanes).some(({ firstNonFinite }) => firstNonFinite !== null);
      };
      return [...widgets.values()].map((widget) => ({
        id: widget.id,
        kind: widget.kind,
        title: widget.title,
        chapter: widget.chapter,
        draws: widget.drawing !== undefined,
        params: widget.params as ParameterTable,
        presets: Object.keys(widget.presets),
        seeded:
          widget.kind === 'training' &&
          (widget.seeded?.(defaults(widget.params as ParameterTable)) ?? true),
        diverges: widget.kind === 'training' && diverges(widget),
        kernels: kernels[widget.id] ?? [],
      }));
    },
  );
