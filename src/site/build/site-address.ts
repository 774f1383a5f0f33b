import type { MdastPluginDefinition, MdastPluginEntry } from 'satteri';

/** What content writes where the site's own address must stand in a code to copy. */
const PLACEHOLDER = 'https://gradient-lab.example/';

type CodeNode = Parameters<NonNullable<MdastPluginDefinition['code']>>[0];
type InlineCodeNode = Parameters<NonNullable<MdastPluginDefinition['inlineCode']>>[0];

/**
 * Writes the address that the site is built for into code in content, so that a reader copies what
 * works.
 *
 * @param site the address of the site, base path included.
 */
export const siteAddressInCode = (site: URL): MdastPluginEntry => {
  const address = site.href.endsWith('/') ? site.href : `${site.href}/`;
  const write = <Node extends CodeNode | InlineCodeNode>(node: Node): Node | undefined =>
    node.value.includes(PLACEHOLDER)
      ? { ...node, value: node.value.replaceAll(PLACEHOLDER, address) }
      : undefined;
  return {
    name: 'gradient-lab-site-address',
    code: (node) => write(node),
    inlineCode: (node) => write(node),
  } satisfies MdastPluginDefinition;
};
