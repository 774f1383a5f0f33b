/**
 * The one source of every colour of the site, the embeds and the saved figures.
 * src/kit/tokens.css is written from it (a test keeps the two equal).
 */
import { rampEnds } from './ramp';
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
  | 'ramp-hot'
  | 'thread';

/**
 * Each colour as [light, dark]. Roles, inks and links reach 4.5:1 as text on paper and on surface;
 * `line-strong`, `focus` and the ends of the ramp reach 3:1 there; `line` only decorates, and `thread` is the
 * ramp's neutral where it is drawn as a line.
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
  'ramp-cold': [rampEnds.cold, rampEnds.cold],
  'ramp-neutral': ['#e6e2da', '#343941'],
  'ramp-hot': [rampEnds.hot, rampEnds.hot],
  thread: ['#c9b49f', '#8b7d70'],
};

/** The value of one colour in one theme. */
export const colour = (name: ColourName, theme: Theme): string =>
  colours[name][theme === 'light' ? 0 : 1];

export const roles: readonly Role[] = ['problem', 'control', 'cure', 'theory', 'neutral', 'accent'];

/** Shades of a role, so that several series of one role stay apart; dashes repeat with them. */
export const shadeCount = 3;

const channels = (hex: string): number[] =>
  [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** A share of the first colour and the rest of the second, channel by channel. */
export const mix = (first: string, second: string, share: number): string => {
  const others = channels(second);
  return `#${channels(first)
    .map((value, k) => Math.round(value * share + others[k]! * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
};

/** A role's colour for its first, second, third series: as it is, nearer the paper, nearer the ink. */
export function shade(role: Role, variant: number, theme: Theme): string {
  const own = colour(role, theme);
  // Ink's own role has no darker shade; both of its others go towards the paper.
  const shares = role === 'theory' ? [1, 0.72, 0.52] : [1, 0.78, 0.6];
  const towards = variant === 1 || role === 'theory' ? 'paper' : 'ink';
  return variant === 0 ? own : mix(own, colour(towards, theme), shares[variant]!);
}

/** Every custom property of a theme: `['gl-ink', '#1d2126']`, shades as `gl-cure-1`. */
export const tokens = (theme: Theme): [string, string][] => [
  ...(Object.keys(colours) as ColourName[]).map((name): [string, string] => [
    `gl-${name}`,
    colour(name, theme),
  ]),
  ...roles.flatMap((role) =>
    [1, 2].map((variant): [string, string] => [
      `gl-${role}-${variant}`,
      shade(role, variant, theme),
    ]),
  ),
];

const declarations = (theme: Theme, indent: string): string =>
  [`color-scheme: ${theme};`, ...tokens(theme).map(([name, value]) => `--${name}: ${value};`)]
    .map((line) => `${indent}${line}\n`)
    .join('');

/**
 * The text of src/kit/tokens.css: one custom property `--gl-<name>` a colour. The system's
 * preference holds until an ancestor says otherwise by `data-theme`; paper is always light. Where the system
 * forces its own colours, its grounds are under our lines, and so its preference holds in any case.
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

@media screen and (forced-colors: active) and (prefers-color-scheme: light) {
  :root[data-theme] {
${declarations('light', '    ')}  }
}

@media screen and (forced-colors: active) and (prefers-color-scheme: dark) {
  :root[data-theme] {
${declarations('dark', '    ')}  }
}
`;
