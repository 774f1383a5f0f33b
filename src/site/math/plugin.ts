export const mathPlugin = null;
