import { readFileSync } from 'node:fs';

/**
 * The web address of the project's repository, for "edit this page" links: REPOSITORY_URL, else
 * the repository a GitHub workflow runs for, else the one named in package.json, else undefined.
 */
export function repositoryUrl(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.REPOSITORY_URL) return env.REPOSITORY_URL.replace(/\/$/, '');
  if (env.GITHUB_REPOSITORY) {
    return `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY}`;
  }
  const manifest = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  ) as { repository?: string | { url: string } };
  const declared =
    typeof manifest.repository === 'string' ? manifest.repository : manifest.repository?.url;
  return declared?.replace(/^git\+/, '').replace(/\.git$/, '');
}
