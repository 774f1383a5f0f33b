import { getContext, setContext } from 'svelte';
import { en, type Words } from './en';

export type { Words };

const CATALOGUES: Record<string, Words> = { en };
const KEY = Symbol('words');

/** The catalogue for a BCP 47 tag; English where there is none for it. */
export function wordsFor(locale: string | undefined): Words {
  const language = (locale ?? 'en').toLowerCase().split('-')[0] ?? 'en';
  return CATALOGUES[language] ?? en;
}

/** Gives every component below the catalogue of a language. */
export function provideWords(locale: string | undefined): Words {
  return setContext(KEY, wordsFor(locale));
}

/** The catalogue that a component above provided. */
export function useWords(): Words {
  return getContext<Words | undefined>(KEY) ?? en;
}
