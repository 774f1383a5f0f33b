/** Sentences about what was not understood: of the address at first, then of the host's last message. */
export class Notes {
  current: string[] = $state.raw([]);
}
