/**
 * The messages between a host page and an embedded widget, for both sides. Version 1 is an API:
 * other people's pages speak it for years, so it only grows. Whatever is not understood here is
 * ignored; nothing of a message is used before it has passed a reader below.
 */
import type {
  Controls,
  DoneDetail,
  ErrorDetail,
  FrameDetail,
  Outcome,
  ReadyDetail,
  Theme,
  WidgetState,
} from './api';

export const PROTOCOL = 1;

/** Longest text accepted in any field; a longer message is no message of ours. */
const MAX_TEXT = 2000;
const MAX_PARAMETERS = 64;
const MAX_NAMES = 200;
const MAX_NUMBERS = 10_000;
/** A frame may not ask to be taller than this, in CSS pixels. */
export const MAX_HEIGHT = 20_000;

export const THEMES: readonly Theme[] = ['light', 'dark', 'auto'];

export const CONTROLS: readonly Controls[] = ['none', 'run', 'all'];

const STATES: readonly WidgetState[] = [
  'idle',
  'loading',
  'running',
  'paused',
  'done',
  'diverged',
  'error',
];

export const COMMANDS = ['run', 'pause', 'step', 'reset'] as const;
export type Command = (typeof COMMANDS)[number];

/** From the host to the frame. */
export type HostMessage =
  | { type: 'hello' }
  | { type: Command }
  | { type: 'configure'; parameters: Record<string, string> }
  | { type: 'theme'; theme: Theme };

/** From the frame to the host. */
export type FrameMessage =
  ReadyDetail | { type: 'size'; height: number } | FrameDetail | DoneDetail | ErrorDetail;

type Wire<M> = M & { gradientLab: typeof PROTOCOL };

/** Puts the protocol's mark and version on a message. */
export function seal<M extends HostMessage | FrameMessage>(message: M): Wire<M> {
  return { gradientLab: PROTOCOL, ...message };
}

/** The host's message in `data`, or null where it is none of this protocol and version. */
export function readHostMessage(data: unknown): HostMessage | null {
  const message = opened(data);
  if (!message) return null;
  const { type } = message;
  if (type === 'hello') return { type };
  if (isOneOf(COMMANDS, type)) return { type };
  if (type === 'theme') {
    const { theme } = message;
    return isOneOf(THEMES, theme) ? { type, theme } : null;
  }
  if (type === 'configure') {
    const parameters = textsOf(message['parameters']);
    return parameters ? { type, parameters } : null;
  }
  return null;
}

/** The frame's message in `data`, or null where it is none of this protocol and version. */
export function readFrameMessage(data: unknown): FrameMessage | null {
  const message = opened(data);
  if (!message) return null;
  const { type } = message;
  switch (type) {
    case 'ready': {
      const { widget, title, version } = message;
      return isText(widget) && isText(title) && Number.isInteger(version)
        ? { type, widget, title, version: version as number }
        : null;
    }
    case 'size': {
      const { height } = message;
      return typeof height === 'number' && height > 0 && height <= MAX_HEIGHT
        ? { type, height }
        : null;
    }
    case 'frame':
    case 'done': {
      const { state } = message;
      const result = outcomeOf(message['result']);
      return isOneOf(STATES, state) && result ? { type, state, result } : null;
    }
    case 'error':
      return isText(message['message']) ? { type, message: message['message'] } : null;
    default:
      return null;
  }
}

function opened(data: unknown): Record<string, unknown> | null {
  return isRecord(data) && data['gradientLab'] === PROTOCOL ? data : null;
}

function textsOf(value: unknown): Record<string, string> | null {
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > MAX_PARAMETERS) return null;
  return entries.every(([name, text]) => isText(name) && isText(text))
    ? (Object.fromEntries(entries) as Record<string, string>)
    : null;
}

function outcomeOf(value: unknown): Outcome | null {
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > MAX_NAMES) return null;
  const fits = ([name, given]: [string, unknown]) =>
    isText(name) &&
    (Array.isArray(given) ? given.length <= MAX_NUMBERS && given.every(isNumber) : isNumber(given));
  return entries.every(fits) ? (Object.fromEntries(entries) as Outcome) : null;
}

function isNumber(value: unknown): value is number | string {
  return typeof value === 'number' || isText(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isOneOf<T extends string>(known: readonly T[], value: unknown): value is T {
  return (known as readonly unknown[]).includes(value);
}
