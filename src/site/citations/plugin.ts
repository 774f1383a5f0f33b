import { readFileSync } from 'node:fs';
import type { MdastPluginEntry, MdastPluginDefinition } from 'satteri';
import { AuthoringError } from '../build/authoring-error.ts';
import { attribute, startOf, type MdxElement, type MdxTextElement } from '../build/mdast.ts';
import { citedIds, findSource, type Source } from './bibliography.ts';

const file = new URL('../../../content/bibliography.json', import.meta.url);

/** Stops the build, with the place, where a `<Cite>` or a `<Claim>` names a source that is not there. */
export const citationCheck: MdastPluginEntry = () => {
  let bibliography: Source[] | undefined;

  const check = (
    node: MdxElement | MdxTextElement,
    context: { fileURL: URL | undefined },
  ): undefined => {
    const isClaim = node.name === 'Claim';
    if (node.name !== 'Cite' && !isClaim) return;
    bibliography ??= JSON.parse(readFileSync(file, 'utf8')) as Source[];
    try {
      const names = isClaim ? ['claimedBy', 'examinedBy'] : ['ids', 'id'];
      const ids = names.flatMap((name) => citedIds(attribute(node, name) ?? ''));
      if (ids.length === 0 && !isClaim) {
        throw new Error('<Cite> needs an id of content/bibliography.json, as in id="glorot2010".');
      }
      for (const id of ids) findSource(bibliography, id);
    } catch (error) {
      throw new AuthoringError(context.fileURL, startOf(node), (error as Error).message);
    }
  };

  return {
    name: 'gradient-lab-citations',
    options: { position: true },
    mdxJsxFlowElement: check,
    mdxJsxTextElement: check,
  } satisfies MdastPluginDefinition;
};
