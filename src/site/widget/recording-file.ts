/** The file name, without its ending, under which a recording is served: its setting. */
export const recordingFile = (key: string): string => key || 'default';
