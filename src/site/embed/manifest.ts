import ts from 'typescript';
import { CONTROLS } from '../../embed/protocol';
import { backendNames } from '../../engine/types';
import { allowed, kebabCase } from '../../kit/codec';
import type { Parameter } from '../../kit/parameters';
import type { AnyWidget } from '../../kit/widget';

/** What an entry of a custom-elements manifest says of one thing that has a name. */
interface Entry {
  name: string;
  description: string;
  type?: { text: string };
  [more: string]: unknown;
}

/**
 * The custom-elements manifest (schema 1.0.0) of `<gradient-lab>`: members and events as the published
 * types declare them, attributes with every parameter of every widget.
 *
 * @param api the text of src/embed/api.ts.
 */
export function elementManifest(
  api: string,
  widgets: readonly Pick<AnyWidget, 'id' | 'params'>[],
): object {
  const source = ts.createSourceFile('api.ts', api, ts.ScriptTarget.Latest, true);
  const interfaces = new Map(
    source.statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one]),
  );
  const element = interfaces.get('GradientLabElement');
  const events = interfaces.get('GradientLabEventMap');
  if (!element || !events) throw new Error('src/embed/api.ts declares no element.');
  const ids = widgets.map(({ id }) => id);
  return {
    schemaVersion: '1.0.0',
    modules: [
      {
        kind: 'javascript-module',
        path: 'v1.js',
        declarations: [
          {
            kind: 'class',
            name: 'GradientLab',
            customElement: true,
            tagName: 'gradient-lab',
            superclass: { name: 'HTMLElement' },
            description: commentOf(element),
            attributes: [
              {
                name: 'widget',
                description: 'The widget’s id.',
                type: { text: ids.map((id) => `'${id}'`).join(' | ') },
              },
              {
                name: 'theme',
                description: '`light`, `dark`, or `auto`: what the reader’s system prefers.',
                type: { text: "'light' | 'dark' | 'auto'" },
                default: "'auto'",
              },
              {
                name: 'figures',
                description:
                  'The ids of the figures to show, with commas between; they fill the frame.',
              },
              {
                name: 'controls',
                description: 'What stands beside the figures.',
                type: { text: CONTROLS.map((name) => `'${name}'`).join(' | ') },
                default: "'all'",
              },
              { name: 'preset', description: 'One of the widget’s named settings.' },
              {
                name: 'backend',
                description: 'Forces the program that computes.',
                type: { text: backendNames.map((name) => `'${name}'`).join(' | ') },
              },
              ...parameterAttributes(widgets),
            ],
            members: element.members.filter(isOwn).map(memberOf),
            events: events.members.filter(ts.isPropertySignature).map(memberOf),
          },
        ],
        exports: [
          {
            kind: 'custom-element-definition',
            name: 'gradient-lab',
            declaration: { name: 'GradientLab', module: 'v1.js' },
          },
        ],
      },
    ],
  };
}

/** One attribute a parameter's name; widgets may share a name and mean different ranges. */
function parameterAttributes(widgets: readonly Pick<AnyWidget, 'id' | 'params'>[]): Entry[] {
  const all = new Map<string, string[]>();
  for (const { id, params } of widgets)
    for (const [name, parameter] of Object.entries(params) as [string, Parameter][]) {
      const attribute = kebabCase(name);
      const sentence = `${id}: ${parameter.label}; ${allowed(attribute, parameter)}.`;
      all.set(attribute, [...(all.get(attribute) ?? []), sentence]);
    }
  return [...all].map(([name, sentences]) => ({ name, description: sentences.join('\n') }));
}

type Member = ts.TypeElement & { name: ts.PropertyName };

/** Members with a description; a setter's is its getter's, and the listeners' types are HTMLElement's. */
const isOwn = (member: ts.TypeElement): member is Member =>
  member.name !== undefined && commentOf(member) !== '';

function memberOf(member: ts.TypeElement): Entry & { kind?: string } {
  const name = member.name?.getText() ?? '';
  const description = commentOf(member);
  if (ts.isMethodSignature(member))
    return { kind: 'method', name, description, return: { type: { text: 'void' } } };
  const type =
    ts.isPropertySignature(member) || ts.isGetAccessorDeclaration(member) ? member.type : undefined;
  const text = type?.getText() ?? 'unknown';
  if (text.startsWith('CustomEvent'))
    return { name: name.replaceAll("'", ''), description, type: { text } };
  const readonly = ts.isPropertySignature(member) && member.modifiers !== undefined;
  return { kind: 'field', name, description, type: { text }, ...(readonly ? { readonly } : {}) };
}

function commentOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join('\n');
}
