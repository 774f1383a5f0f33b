/** What `fingerprints` gives on every machine; a change of arithmetic changes it. */
export const expectedBits = { training: '4f608156', functions: '6f195732' };
