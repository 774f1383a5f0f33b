import type { ProgramReport } from '../../engine/types';
import type { LineChartSpec, Role } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget } from '../../kit/widget';
import { params, type ProgramSettings } from './params';
import { kernelsOf, kilobytes, linesOf, total } from './summary';

const ROLES: Record<string, Role> = { matmul: 'accent', map: 'cure', reduce: 'control' };

function arithmeticChart(_: ProgramSettings, report: ProgramReport): LineChartSpec {
  const lines = linesOf(report);
  return {
    kind: 'line',
    x: { label: 'Instruction', scale: 'linear', integer: true, domain: [1, lines.length] },
    y: { label: 'Floating-point operations', scale: 'log', counts: true },
    series: kernelsOf(lines).map(({ kernel }) => {
      const own = lines.filter((line) => line.kernel === kernel);
      return {
        id: kernel,
        label: kernel,
        role: ROLES[kernel] ?? 'neutral',
        mark: 'points',
        x: own.map(({ number }) => number),
        y: own.map(({ flop }) => flop),
      };
    }),
  };
}

/** Share of the arithmetic that is matrix products. */
function productShare(report: ProgramReport): number {
  const lines = linesOf(report);
  const products = lines.filter(({ kernel }) => kernel === 'matmul');
  return total(products).flop / total(lines).flop;
}

function describe(_: ProgramSettings, report: ProgramReport, say: Say): string {
  const lines = linesOf(report);
  const program =
    `One step of training with its statistics takes tfjs ${say.count(report.kernelCalls)} kernel calls. ` +
    `The program has ${say.count(report.instructions.length)} instructions, of which ` +
    `${say.count(lines.length)} run in every step, and keeps all tensors in ` +
    `${kilobytes(report.arenaBytes, say)}. Matrix products are ${say.percent(productShare(report))} of the arithmetic`;
  const { profile } = report;
  if (profile === null)
    return `${program}. How long each instruction takes is measured on your own device.`;
  const sum = total(lines).microseconds;
  const [most] = kernelsOf(lines).sort((a, b) => b.microseconds - a.microseconds);
  const share = most
    ? ` The largest share of the time is that of ${most.kernel}: ${say.percent(most.microseconds / sum)}.`
    : '';
  return `${program}. Here a step takes ${say.number(profile.stepMicroseconds)} µs.${share}`;
}

export default defineWidget<typeof params, ProgramReport>({
  id: 'captured-program',
  version: 1,
  kind: 'survey',
  title: 'The captured program',
  summary:
    'One training step as the flat program that is replayed: every instruction, and its share of the time on your device.',
  chapter: 'how-it-computes',
  params,
  presets: {
    problem: { label: '3 layers', params: {} },
    deep: { label: '30 layers', params: { network: 'thirty' } },
    adam: { label: 'Adam', params: { optimizer: 'adam' } },
    normalized: { label: 'Batch normalization', params: { network: 'normalized' } },
    lstm: { label: 'LSTM', params: { network: 'lstm' } },
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The kernels and the listing',
  progress: (_, { profile }) => ({ done: profile === null ? 1 : 2, total: 2 }),
  recorded: (report) => ({ ...report, profile: null }),
  figures: [
    {
      id: 'arithmetic',
      title: 'Arithmetic of each instruction',
      caption:
        'From the forward pass on the left to the updates on the right. What only copies has no arithmetic and is marked at the lower edge.',
      chart: arithmeticChart,
    },
  ],
  describe,
  values: (_, report) => ({
    kernelCalls: report.kernelCalls,
    instructions: report.instructions.length,
    everyStep: linesOf(report).length,
    arenaKilobytes: report.arenaBytes / 1000,
    stateKilobytes: report.stateBytes / 1000,
    programKilobytes: report.programBytes / 1000,
    productShare: productShare(report),
    flop: total(linesOf(report)).flop,
  }),
  contrast: contrast('problem: kernelCalls', 'problem: instructions', { smaller: 1.5 }),
});
