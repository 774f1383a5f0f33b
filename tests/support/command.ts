import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../config/root.ts';

/** Where a part's words go: at once to the terminal, or kept until they are printed. */
export interface Output {
  /** The words so far, where they are kept. */
  readonly kept: string | null;
  say(text: string): void;
  /** Prints what is kept; what comes later goes to the terminal at once. */
  release(): void;
}

/** An output that prints at once, or keeps its words until they are released. */
export function output(keeps: boolean): Output {
  let kept: string | null = keeps ? '' : null;
  return {
    get kept() {
      return kept;
    },
    say(text) {
      if (kept === null) process.stdout.write(text);
      else kept += text;
    },
    release() {
      if (kept !== null) process.stdout.write(kept);
      kept = null;
    },
  };
}

/** Runs a package's command on the same Node and resolves with its exit code. */
export function runCommand(
  packageName: string,
  command: string,
  args: readonly string[],
  out: Output,
  env: Record<string, string> = {},
): Promise<number> {
  // Not by `require.resolve`: most packages do not export their package.json.
  const manifest = join(root, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: string | Record<string, string>;
  };
  return runScript(
    join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]!),
    args,
    out,
    env,
  );
}

/** Runs a script on the same Node, in the repository's root, and resolves with its exit code. */
export function runScript(
  script: string,
  args: readonly string[],
  out: Output,
  env: Record<string, string> = {},
): Promise<number> {
  const stdio = out.kept === null ? 'inherit' : 'pipe';
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: ['ignore', stdio, stdio],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => out.say(text));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
