import { revive } from '../../engine/json';
import type { BackendName, EngineService } from '../../engine/types';
import { groups } from './groups';
import { cellOf, type CheckResult } from './outcome';
import type { CheckSettings } from './params';
import { spoiled } from './spoil';

/**
 * Runs the sample of reference cases, one after another, on every backend that the device has, or on
 * the one that the page asks for; yields the table as it fills.
 */
export default async function* experiment(
  { spoil }: CheckSettings,
  service: EngineService,
  { backend: only }: { backend?: BackendName | undefined },
): AsyncGenerator<CheckResult> {
  const [{ default: sample }, backends] = await Promise.all([
    import('./cases.json'),
    service.backends(),
  ]);
  const cells: CheckResult['cells'] = {};
  const used = backends.filter(
    ({ backend, available }) => available && (only === undefined || backend === only),
  );
  for (const { backend } of used) cells[backend] = groups.map(() => null);
  yield { backends, cells: { ...cells } };
  for (const golden of sample) {
    const rows = groups.filter((group) => group.case === golden.name);
    const given = revive(spoil ? spoiled(golden, rows) : golden);
    for (const { backend } of used) {
      const [report] = await service.check([given], backend);
      cells[backend] = (cells[backend] ?? []).map((cell, row) =>
        report && groups[row]?.case === golden.name ? cellOf(groups[row], report) : cell,
      );
      yield { backends, cells: { ...cells } };
    }
  }
}
