/** What `fingerprints` gives on every machine; a change of arithmetic changes it. */
export const expectedBits = { training: '5484398', functions: '42f0eb1e' };
