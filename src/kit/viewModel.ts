import type { Component, Snippet } from 'svelte';
import type { AnySettings } from './codec';
import type { WidgetHost } from './host';
import { WidgetModel } from './model.svelte';
import type { AnyWidget, Recording } from './widget';
import { provideWords } from './words';

/**
 * What a widget draws by itself: from the settings in force, and what was computed. The model takes what the
 * reader moves in it.
 */
export type Lead = Snippet<[AnySettings, unknown, WidgetModel]>;

/** What a page gives to the view of a widget. */
export interface ViewProps {
  widget: AnyWidget;
  settings: AnySettings;
  recording?: Recording | null;
  /** What the page offers; without it the widget is a still figure. */
  host?: WidgetHost | undefined;
  locale?: string | undefined;
  /** Whether the widget asks for a guess; a chapter has asked already. */
  predict?: boolean | undefined;
  /** Draws the widget in place of the standard view, where a frame of given size is to be filled. */
  fitted?: Component<{ model: WidgetModel; lead?: Lead | undefined }> | undefined;
}

/**
 * The model that a view draws. It keeps its language, widget and host for life, and all components below
 * get the language; so it is made once, with the view itself.
 */
export const modelFor = ({ widget, settings, recording = null, host, locale }: ViewProps) =>
  new WidgetModel({ widget, settings, recording, host, words: provideWords(locale) });
