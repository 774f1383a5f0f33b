/** What a file says about the training itself, beside its rows. */
export interface Stated {
  precision?: string;
  framework?: string;
  /** Threshold of clipping by the global norm, and the words in which it was found. */
  clipThreshold?: number;
  clipSource?: string;
  /** Layers in the order from input to output, where the file names them so. */
  layers?: string[];
}

const threshold =
  /\b(max_grad_norm|clip_grad_norm|clip_grad|gradient_clip_val|gradient_clipping|clip_norm|clip-norm|max-grad-norm|clip-grad|grad_clip)\b["']?[\s.:=]{1,60}(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\b/;

/** Looks for a threshold of clipping in a line that is no row, such as printed arguments. */
export function readStated(line: string, stated: Stated): void {
  if (stated.clipThreshold !== undefined || line.length > 20_000) return;
  if (!line.includes('clip') && !line.includes('grad')) return;
  const found = threshold.exec(line);
  if (!found || !(Number(found[2]) > 0)) return;
  stated.clipThreshold = Number(found[2]);
  stated.clipSource = `${found[1]} ${found[2]}`;
}
