import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './architecture.ts';
import { ADDED } from './newcomer.ts';

/** The twenty generated widgets of a build: the one that the command made, and nineteen made of it. */
export const CROWD: readonly string[] = [
  ADDED.widget,
  ...Array.from({ length: 19 }, (_, i) => `${ADDED.widget}-${i + 2}`),
];

/** Those that have a view of their own, with styles about as long as those of the book's widgets. */
const others = CROWD.slice(1);

/** How many lines a widget of the crowd draws, each with a rule. */
const LINES = 12;

/** The views of the crowd, by path from the repository's root. */
export const crowdViews = (): SourceFile[] =>
  others.map((id, index) => ({ path: `src/widgets/${id}/View.svelte`, text: viewOf(id, index) }));

/**
 * Gives a newcomer's copy of the repository nineteen widgets more. They differ in words, rules and numbers,
 * since Brotli weighs what is alike once.
 */
export function crowd(folder: string): void {
  const at = (...path: string[]) => join(folder, 'src/widgets', ...path);
  for (const [index, id] of others.entries()) {
    cpSync(at(ADDED.widget), at(id), { recursive: true });
    change(at(id, 'widget.ts'), (text) =>
      text
        .replace(`id: '${ADDED.widget}'`, `id: '${id}'`)
        .replace(/title: '([^']+)'/, `title: '$1 ${index + 2}'`)
        .replace('lanes: lanesOf,', "lanes: lanesOf, view: () => import('./View.svelte'),"),
    );
    change(at(id, 'recordings.json'), (text) => scaled(text, 1 - (index + 1) / 50));
  }
  for (const { path, text } of crowdViews()) writeFileSync(join(folder, path), text);
}

const change = (file: string, by: (text: string) => string): void =>
  writeFileSync(file, by(readFileSync(file, 'utf8')));

/** Recorded runs with each broken number in a list times a factor. */
const scaled = (recordings: string, factor: number): string =>
  recordings.replace(/(?<=[[,])\d+\.\d+(?=[,\]])/g, (number) =>
    String(Number((Number(number) * factor).toPrecision(4))),
  );

/** The standard view, led by lines that one widget alone shows. */
function viewOf(id: string, index: number): string {
  const lines = Array.from({ length: LINES }, (_, i) => i + 1);
  const length = (line: number, of: number) =>
    (((index * 37 + line * 101 + of * 53) % 300) + 20) / 100;
  const rules = lines.map(
    (i) => `
  .line-${i} {
    margin: 0 ${length(i, 1)}rem;
    padding: ${length(i, 2)}rem ${length(i, 3)}rem;
    border-inline-start: ${length(i, 4)}px solid var(--gl-line);
  }`,
  );
  return `<script lang="ts">
  import StandardView from '../../kit/StandardView.svelte';
  import type { ViewProps } from '../../kit/viewModel';

  let props: ViewProps = $props();
</script>

<StandardView {...props}>
  {#snippet lead()}
    <div>
${lines.map((i) => `      <p class="line-${i}">Line ${i} of ${id}.</p>`).join('\n')}
    </div>
  {/snippet}
</StandardView>

<style>${rules.join('')}
</style>
`;
}
