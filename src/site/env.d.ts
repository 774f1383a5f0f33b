declare namespace App {
  interface Locals {
    /** Ids of the sources cited on the page so far; the list of references is made of them. */
    cited?: Set<string>;
  }
}

declare module 'virtual:search-styles.css?inline' {
  const css: string;
  export default css;
}
