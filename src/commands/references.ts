import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authoredSettings } from '../kit/authored.ts';
import { canonical, type AnySettings } from '../kit/codec.ts';
import { getWidget } from '../registry/server.ts';
import { tagsIn, type LineError, type Tag } from '../site/build/tags.ts';
import { CLAIM_ATTRIBUTES } from '../site/claims/claim.ts';
import { FACTS } from '../site/facts/index.ts';

/** One place in the text that shows a recorded run. */
export interface Reference {
  file: string;
  line: number;
  tag: string;
  widget: string;
  key: string;
  settings: AnySettings;
}

/** The tags that show recorded runs, with the attribute that names the widget and those of their own. */
const TAGS: Record<string, { widget: string; own: readonly string[] }> = {
  Widget: { widget: 'id', own: ['preset', 'name'] },
  ...Object.fromEntries(
    Object.entries(FACTS).map(([tag, { own }]) => [tag, { widget: 'of', own: ['preset', ...own] }]),
  ),
  Claim: { widget: 'of', own: CLAIM_ATTRIBUTES },
};

/**
 * Every <Widget>, <Claim> and fact (<Measured>, <Counted> …) of the chapters. Throws a sentence naming file and line
 * where one of them has an unknown widget, preset or parameter.
 *
 * @param folder the folder that holds the chapters, `content`.
 */
export function references(folder: string): Reference[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mdx'))
    .sort()
    .flatMap((file) => inFile(join(folder, file)));
}

function inFile(file: string): Reference[] {
  let line = 1;
  let name = '';
  try {
    return tagsIn(readFileSync(file, 'utf8'), Object.keys(TAGS)).flatMap((tag) => {
      ({ line, name } = tag);
      const reference = refer(tag);
      return reference ? [{ file, line, ...reference }] : [];
    });
  } catch (error) {
    const said = (error as Error).message;
    const where = (error as Partial<LineError>).line;
    throw new Error(
      where === undefined ? `${file}:${line}: <${name}>: ${said}` : `${file}:${where}: ${said}`,
      { cause: error },
    );
  }
}

function refer({ name, attributes }: Tag): Omit<Reference, 'file' | 'line'> | null {
  const { widget: idName, own } = TAGS[name] as (typeof TAGS)[string];
  const id = attributes[idName];
  if (id === undefined && name === 'Claim') return null;
  if (typeof id !== 'string') throw new Error(`${idName} must name a widget.`);
  const widget = getWidget(id);
  const params = Object.fromEntries(
    Object.entries(attributes).filter(([given]) => given !== idName && !own.includes(given)),
  );
  const settings = authoredSettings(widget, attributes['preset'], params);
  const key = canonical(widget.params, settings);
  return { tag: name, widget: id, key, settings };
}
