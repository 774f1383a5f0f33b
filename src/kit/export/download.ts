/** Saves text or a blob as a file of the reader's. */
export function download(name: string, content: string | Blob, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the address after the click; it is freed once that has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
