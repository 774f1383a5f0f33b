/** What the module of a command exports. */
export interface Command {
  default: (args: string[]) => Promise<void>;
}
