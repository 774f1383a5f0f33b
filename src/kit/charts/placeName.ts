import type { Axis } from './spec';

/** What stands at a place of a heat map's axis, where its places have names; undefined for a number. */
export const placeName = ({ names }: Axis, place: number): string | undefined =>
  names?.find(([at]) => at === place)?.[1];
