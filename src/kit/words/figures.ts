import { figures, type FigureWords } from './figures.en';

const CATALOGUES: Record<string, FigureWords> = { en: figures };

/** What a live figure says, in the language of some words; English where there is no catalogue for it. */
export const figuresIn = ({ locale }: { locale: string }): FigureWords =>
  CATALOGUES[locale.toLowerCase().split('-')[0] ?? 'en'] ?? figures;
