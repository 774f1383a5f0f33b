declare const __GOLDEN_FILES__: string[];

/** The texts of all reference files; the server may read the folder they are in. */
export function readGoldenFiles(): Promise<string[]> {
  return Promise.all(
    __GOLDEN_FILES__.map(async (path) => {
      const response = await fetch(`/@fs${path}`);
      if (!response.ok) throw new Error(`${path} cannot be read: ${response.status}.`);
      return response.text();
    }),
  );
}
