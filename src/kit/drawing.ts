/** The name of what a widget draws by itself, among the names of its figures: no figure may have it. */
export const DRAWING = 'drawing';
