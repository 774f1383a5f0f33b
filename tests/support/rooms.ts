/**
 * The engine's rooms, each knowing only those before it. The entries at the engine's top stand behind
 * them all, so that no room imports one.
 */
export const rooms: readonly string[] = [
  'spec',
  'theory',
  'start',
  'data',
  'tasks',
  'step',
  'statistics',
  'backends',
  'capture',
  'signal',
  'oracle',
  'golden',
  'run',
  'service',
];

/** What may lie at the engine's top: what others import or run. */
const entries = /^(types|client|json|closedForms|node|withoutWorker|vite|\w+\.worker)(\.ts)?$/;

/** The room of a file or of what is imported; null for an entry; undefined outside the engine. */
function roomOf(path: string): string | null | undefined {
  const [src, engine, first = '', ...rest] = path.split('/');
  if (src !== 'src' || engine !== 'engine') return undefined;
  return rest.length > 0 || rooms.includes(first) ? first : null;
}

/** Why a file may not lie where it lies in the engine's folder; null where it may. */
export function misplaced(path: string): string | null {
  const room = roomOf(path);
  if (room === undefined || !path.endsWith('.ts')) return null;
  if (room !== null)
    return rooms.includes(room)
      ? null
      : `the engine has no room ${room}; its rooms are ${rooms.join(', ')}`;
  return entries.test(path.split('/').at(-1)!)
    ? null
    : `only entries stand at the engine's top: put it into a room (${rooms.join(', ')})`;
}

/** Why one file of the engine may not import another of it; null where it may. */
export function betweenRooms(path: string, target: string): string | null {
  const own = roomOf(path);
  const other = roomOf(target);
  if (!own || other === undefined || own === other) return null;
  if (other === null)
    return `${target} is an entry of the engine, which its rooms may not import: name the room's own file`;
  const before = rooms.slice(0, rooms.indexOf(own));
  return before.includes(other)
    ? null
    : `${own} may not import ${other}: a room of the engine knows only those before it (${before.join(', ') || 'none'})`;
}
