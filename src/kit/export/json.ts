import { stringify } from '../../engine/json';

/**
 * Plain data as indented JSON text that ends in a line break; NaN and the infinities are the strings
 * "NaN", "Infinity" and "-Infinity".
 */
export const toJson = (value: unknown): string => `${stringify(value, 2)}\n`;
