import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mdxToMdast } from 'satteri';
import { nodesOf } from './mdx.ts';

/** Debian's Python first, since Debian's PyTorch is installed for that one. */
const pythons = ['/usr/bin/python3', 'python3', 'python'];

/** Why the tests that run PyTorch are skipped where none is found. */
export const noTorch =
  'No Python with torch here: install one (python3-torch on Debian), or name its Python in PYTHON_PATH.';

/**
 * A Python that can import torch: `PYTHON_PATH`, else the system's; null where there is none. Throws a
 * sentence where `PYTHON_PATH` names no file.
 */
export function findTorch(): string | null {
  const named = process.env['PYTHON_PATH'];
  if (named && !existsSync(named))
    throw new Error(`PYTHON_PATH names ${named}, but there is no such file.`);
  const imports = (python: string) =>
    spawnSync(python, ['-c', 'import torch'], { timeout: 120_000 }).status === 0;
  return (named ? [named] : pythons).find(imports) ?? null;
}

/** The listings of an MDX text that are marked as PyTorch, ```` ```python torch name ````, by their names. */
export function torchListings(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of nodesOf(mdxToMdast(text, { features: { math: true, frontmatter: true } }))) {
    const [mark, name] = node.type === 'code' ? (node.meta ?? '').split(' ') : [];
    if (node.type !== 'code' || node.lang !== 'python' || mark !== 'torch' || !name) continue;
    if (found.has(name)) throw new Error(`two listings are called "${name}".`);
    found.set(name, node.value);
  }
  return found;
}

/** A listing with what a reader has before it, and what is done with it. */
export interface TorchCase {
  name: string;
  /** Python that makes what the listing takes from its reader. */
  before: string;
  listing: string;
  /** Python that uses what the listing defines. */
  after: string;
}

/** What a case printed, and its error, "" where there was none. */
export interface TorchOutcome {
  printed: string;
  error: string;
}

/** Runs each case in names of its own, all in one process, since torch takes seconds to load. */
export function runTorch(python: string, cases: readonly TorchCase[]): Map<string, TorchOutcome> {
  const { stdout, stderr, status } = spawnSync(python, ['-c', RUNNER], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`${python} ended with ${status}: ${stderr}`);
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, TorchOutcome>));
}

const RUNNER = `
import contextlib, io, json, sys, warnings
warnings.simplefilter("ignore")
import torch
torch.set_num_threads(1)
outcomes = {}
for case in json.load(sys.stdin):
    names, printed, error = {"torch": torch, "nn": torch.nn}, io.StringIO(), ""
    torch.manual_seed(1)
    try:
        with contextlib.redirect_stdout(printed):
            for part in ("before", "listing", "after"):
                exec(case[part], names)
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"
    outcomes[case["name"]] = {"printed": printed.getvalue(), "error": error}
json.dump(outcomes, sys.stdout)
`;
