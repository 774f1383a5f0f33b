/** What `fingerprints` gives on every machine; a change of arithmetic changes it. */
export const expectedBits = { training: '9f8b7fd7', functions: '94fd1e3d' };
