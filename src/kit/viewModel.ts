import type { AnySettings } from './codec';
import type { WidgetHost } from './host';
import { WidgetModel } from './model.svelte';
import type { AnyWidget, Recording } from './widget';
import { provideWords } from './words';

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
}

/**
 * The model that a view draws. It keeps its language, widget and host for life, and all components below
 * get the language; so it is made once, with the view itself.
 */
export const modelFor = ({ widget, settings, recording = null, host, locale }: ViewProps) =>
  new WidgetModel({ widget, settings, recording, host, words: provideWords(locale) });
