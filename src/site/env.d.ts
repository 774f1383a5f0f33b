declare namespace App {
  interface Locals {
    /** Ids of the sources cited on the page so far; the list of references is made of them. */
    cited?: Set<string>;
    /** How many facts from recordings the page has shown so far; each has an id of its own. */
    facts?: number;
    /** The ranges over the seeds of the numbers that the page has shown, by the ids of the facts. */
    ranges?: Map<string, readonly [low: number, high: number]>;
    /** How many glossary terms the page has shown so far. */
    terms?: number;
  }
}

declare module 'virtual:search-styles.css?inline' {
  const css: string;
  export default css;
}
