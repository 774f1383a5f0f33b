import type { Recording } from '../../kit/widget';
import { lastUpdated } from '../book/last-updated';

/**
 * When a recording was made, in words. Older ones do not say; then it is when their file was last
 * committed, and where there is no repository, the version of the program.
 */
export function recordedOn(widget: string, { recorded, versions }: Recording): string {
  const date = recorded
    ? new Date(`${recorded}T00:00:00Z`)
    : lastUpdated(`src/widgets/${widget}/recordings.json`);
  return date
    ? `on ${date.toLocaleDateString('en', { dateStyle: 'long', timeZone: 'UTC' })}`
    : `with version ${versions['gradient-lab']}`;
}
