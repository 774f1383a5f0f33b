import { readBook } from '../book/book';
import { collectSymptoms, type PlacedSymptom } from './symptom';

/** Every symptom that a chapter of the book treats, in the order of the book. */
export async function readSymptoms(): Promise<PlacedSymptom[]> {
  const chapters = (await readBook()).flatMap((part) => part.chapters);
  return chapters.flatMap(({ id, body }) => collectSymptoms(id, body ?? ''));
}
