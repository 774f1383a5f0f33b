import { networks, type NetworkWords } from './networks.en';

const CATALOGUES: Record<string, NetworkWords> = { en: networks };

/** The words of networks and runs in a language; English where there is no catalogue for it. */
function networkWords({ locale }: { locale: string }): NetworkWords {
  return CATALOGUES[locale.toLowerCase().split('-')[0] ?? 'en'] ?? networks;
}

/** What the fields of a specification are called, in the language of some words. */
export const specIn = (words: { locale: string }) => networkWords(words).spec;

/** What figures and sentences of a run say, in the language of some words. */
export const trainingIn = (words: { locale: string }) => networkWords(words).training;

/** What a step's tensors are called, in the language of some words. */
export const tensorsIn = (words: { locale: string }) => networkWords(words).tensors;

/** What saving a figure says, in the language of some words. */
export const savingIn = (words: { locale: string }) => networkWords(words).saving;
