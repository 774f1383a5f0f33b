/** Forces light or dark colours on the page; any other word leaves them to the reader's system. */
export function setTheme(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
}
