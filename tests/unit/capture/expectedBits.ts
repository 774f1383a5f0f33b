/** What `fingerprints` gives on every machine; a change of arithmetic changes it. */
export const expectedBits = { training: 'f959977a', functions: '6f195732' };
