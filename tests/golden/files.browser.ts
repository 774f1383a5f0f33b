import { contentsOf, type Contents } from './contents';

/** Every case and table of the folder that the test server reads. Throws a sentence where `contentsOf` does. */
export async function readFolder(): Promise<Contents> {
  const response = await fetch('/golden-files');
  if (!response.ok) throw new Error(`The reference vectors cannot be read: ${response.status}.`);
  const { folder, files } = (await response.json()) as {
    folder: string;
    files: { name: string; text: string }[];
  };
  return contentsOf(files, folder);
}
