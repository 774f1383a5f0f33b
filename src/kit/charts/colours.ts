/**
 * The one source of every colour of the site, the embeds and the saved figures.
 * src/kit/tokens.css is written from it (a test keeps the two equal).
 */
import type { Role } from './spec';

export type Theme = 'light' | 'dark';

/** What a colour is for: a role of a mark, or a part of the page. */
export type ColourName =
  | Role
  | 'paper'
  | 'surface'
  | 'ink'
  | 'ink-soft'
  | 'line'
  | 'line-strong'
  | 'link'
  | 'focus'
  | 'on-accent'
  | 'ramp-cold'
  | 'ramp-neutral'
  | 'ramp-hot';

/**
 * Each colour as [light, dark]. Roles, inks and links reach 4.5:1 as text on paper and on surface;
 * `line-strong`, `focus` and the ends of the ramp reach 3:1 there; `line` only decorates.
 */
export const colours: Record<ColourName, readonly [string, string]> = {
  paper: ['#ffffff', '#15171b'],
  surface: ['#f5f3ee', '#1e2126'],
  ink: ['#1d2126', '#f2efe9'],
  'ink-soft': ['#555b66', '#b3b7bf'],
  line: ['#dedad2', '#353a42'],
  'line-strong': ['#7d828c', '#7f8590'],
  link: ['#3d36d8', '#9aabff'],
  focus: ['#3d36d8', '#9aabff'],
  'on-accent': ['#ffffff', '#15171b'],
  problem: ['#a01237', '#ff5f78'],
  control: ['#8f660d', '#f0c244'],
  cure: ['#006e58', '#3dc4a4'],
  theory: ['#1d2126', '#f2efe9'],
  neutral: ['#696e7c', '#8f94a1'],
  accent: ['#3d36d8', '#7a90ff'],
  'ramp-cold': ['#3a70dc', '#3a70dc'],
  'ramp-neutral': ['#e6e2da', '#343941'],
  'ramp-hot': ['#cf4a12', '#cf4a12'],
};

/** The value of one colour in one theme. */
export const colour = (name: ColourName, theme: Theme): string =>
  colours[name][theme === 'light' ? 0 : 1];

const declarations = (theme: Theme, indent: string): string =>
  [
    `color-scheme: ${theme};`,
    ...(Object.keys(colours) as ColourName[]).map(
      (name) => `--gl-${name}: ${colour(name, theme)};`,
    ),
  ]
    .map((line) => `${indent}${line}\n`)
    .join('');

/**
 * The text of src/kit/tokens.css: one custom property `--gl-<name>` a colour. The system's
 * preference holds until an ancestor says otherwise by `data-theme`; paper is always light.
 */
export const tokensCss = (): string =>
  `/* Written from src/kit/charts/colours.ts; after a change there run the unit tests with -u. */

:root,
[data-theme='light'] {
${declarations('light', '  ')}}

@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {
${declarations('dark', '    ')}  }
}

@media screen {
  [data-theme='dark'] {
${declarations('dark', '    ')}  }
}
`;
