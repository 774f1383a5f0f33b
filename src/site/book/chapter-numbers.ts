export const chapterNumbers = null;
