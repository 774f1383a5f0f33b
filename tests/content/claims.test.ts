import { describe, expect, test } from 'vitest';
import { readClaim, type Evidence } from '../../src/site/claims/claim';
import { collectClaims } from '../../src/site/claims/collect';
import { inWords, judge } from '../../src/site/claims/judge';
import { slugOf } from '../support/content';
import { contentFiles } from '../support/known';

const chapters = contentFiles.map(({ path, text }) => ({
  slug: slugOf(path),
  file: path,
  text,
}));
const claims = collectClaims(chapters);
const tested = claims.flatMap(({ claim, chapter, line }) =>
  claim.evidence
    ? [{ ...claim, evidence: claim.evidence, place: `content/${chapter}.mdx:${line}` }]
    : [],
);

/**
 * What the seminar's notebook says wrongly or loosely, and what is often said of the cures, each with the claims
 * that answer it.
 */
const popular: Record<string, string[]> = {
  'networks that learn in 1943': ['networks-learned-in-1943'],
  'backpropagation in 1975': ['backpropagation-in-1975'],
  'premature conversion': ['premature-convergence', 'standing-still-is-convergence'],
  'more layers, higher accuracy': ['deeper-is-more-accurate'],
  'the arrows of the chain': ['next-from-pre-activation'],
  'links that are gone': ['links-stay'],
  'a gradient of zero': ['vanishing-is-zero'],
  'gradients that accumulate': ['gradients-accumulate'],
  'one list of cures for both': ['one-list-of-cures'],
  'std 0.01': ['small-weights-zero-gradients', 'small-gain-learns'],
  'std 0.05': ['saturated-units-zero-gradients', 'large-gain-learns'],
  'Xavier as 1/√fan-in': ['xavier-is-one-over-fan-in'],
  'Xavier and a mean of zero': ['xavier-needs-mean-zero-once'],
  'ReLU with Xavier': ['relu-glorot-learns'],
  'sums that avoid the activation': ['sums-avoid-the-activation', 'he-blame-vanishing-gradients'],
  'a higher derivative': ['adding-x-makes-the-derivative-higher'],
  'thin bottlenecks': ['thin-bottlenecks-save-gradients'],
  'batch norm as a cure': ['batch-norm-prevents-exploding-gradients', 'plain-batch-norm-explodes'],
  'why batch norm helps': ['batch-norm-reduces-covariate-shift'],
  'the direction under clipping': ['clipping-keeps-the-direction'],
  'a small threshold': ['a-smaller-threshold-is-safer'],
  'smaller batches': ['smaller-batches-help-against-explosion'],
  'fewer layers': ['fewer-layers-help-against-explosion'],
  'LSTMs and explosion': ['lstm-prevents-explosion', 'lstm-solves-vanishing'],
  'weight penalties': ['a-penalty-stops-explosion'],
  'a bound by eigenvalues': ['radius-below-one-shrinks'],
  'Adam for a vanished gradient': ['adam-solves-vanishing-gradients'],
  'ReLU for sigmoid and tanh': ['relu-beats-sigmoid', 'relu-instead-of-tanh'],
};

test.each(Object.entries(popular))('%s stands among the claims', (_, ids) => {
  const all = claims.map(({ claim }) => claim.id);
  for (const id of ids) expect(all).toContain(id);
});

test('a claim that fails or is disputed says what is true instead', () => {
  const bare = claims.filter(({ claim, more }) => claim.verdict !== 'holds' && more.trim() === '');
  expect(bare.map(({ claim, chapter }) => `${chapter}: ${claim.id}`)).toEqual([]);
});

test('a topic names a chapter', () => {
  const slugs = chapters.map(({ slug }) => slug);
  for (const { claim } of claims)
    if (claim.topic !== undefined) expect(slugs).toContain(claim.topic);
});

test('chapters make claims, and popular claims that fail are among them', () => {
  expect(tested.length).toBeGreaterThan(5);
  expect(claims.some(({ claim }) => claim.verdict === 'fails')).toBe(true);
});

describe.each(tested)('$place: the claim $id', (claim) => {
  test('passes its test in every recorded run', () => {
    const { holds, holding, runs } = judge(claim.evidence);
    expect(holds, `${inWords(claim.evidence, runs)} It holds in ${holding} of ${runs}.`).toBe(true);
  });

  test('fails it where the opposite stands in its place', () => {
    expect(judge(claim.evidence).failsSwapped).toBe(true);
  });

  test('rests on ten seeds at least, on three for a reason, or on what is not random', () => {
    const { random, runs, seedsARun, fewSeeds } = judge(claim.evidence);
    expect(runs * seedsARun).toBeGreaterThanOrEqual(!random ? 1 : fewSeeds ? 3 : 10);
  });
});

test('a claim on a survey or a closed form that draws at random rests on its seeds', () => {
  const { random, recording } = judge(
    evidence({
      of: 'init-signal',
      preset: 'problem',
      value: 'hiddenFactorPerLayer',
      below: 1,
      against: 'large',
      againstValue: undefined,
    }),
  );
  expect(random).toBe(true);
  expect(recording.seeds).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

const sound = {
  id: 'a-claim',
  says: 'It stalls.',
  claimedBy: 'glorot2010',
  of: 'vanishing-depth',
  preset: 'problem',
  value: 'trainAccuracy',
  quantity: 'the accuracy',
  below: 0.15,
  because: 'guessing gets a tenth right',
  against: 'cure',
  againstValue: 'cure.trainAccuracy',
};
/** The sound claim with some attributes changed; undefined leaves one out. */
const changed = (change: object) =>
  Object.fromEntries(
    Object.entries({ ...sound, ...change }).filter(([, value]) => value !== undefined),
  );
const evidence = (change: object) => readClaim(changed(change)).evidence as Evidence;

describe('the judge', () => {
  test('finds a claim that the recordings contradict', () => {
    expect(judge(evidence({ below: 0.01 })).holds).toBe(false);
    expect(judge(evidence({ below: undefined, above: 0.15 })).holds).toBe(false);
  });

  test('finds a predicate that cannot fail', () => {
    expect(judge(evidence({ below: 2 }))).toMatchObject({ holds: true, failsSwapped: false });
  });

  test('compares two values of one run, and the same two of another', () => {
    const two = {
      below: 'control.trainAccuracy',
      than: 'that of the other',
      against: 'plateau',
      againstValue: undefined,
      by: 5,
    };
    expect(judge(evidence(two))).toMatchObject({ holds: true, failsSwapped: true });
    expect(judge(evidence({ ...two, by: 100 })).holds).toBe(false);
    expect(inWords(evidence(two), 10)).toBe(
      'The accuracy is less than 1/5 of that of the other in each of 10 runs.',
    );
  });

  test('finds two values that differ on the other preset as well', () => {
    const two = { below: 'control.trainAccuracy', than: 'that of the other', against: 'plateau' };
    expect(judge(evidence({ ...two, againstValue: undefined }))).toMatchObject({
      holds: true,
      failsSwapped: false,
    });
  });

  test('takes another value to compare with for the counter-check', () => {
    const two = {
      of: 'activation-race',
      preset: 'orthogonal',
      value: 'relu.finalLoss',
      below: undefined,
      above: 'tanh.finalLoss',
      than: 'that of tanh',
      against: undefined,
      againstValue: undefined,
    };
    const against = (againstLimit: string) => judge(evidence({ ...two, againstLimit }));
    expect(against('sigmoid.finalLoss')).toMatchObject({ holds: true, failsSwapped: true });
    expect(against('elu.finalLoss')).toMatchObject({ holds: true, failsSwapped: false });
  });

  test('names a value that is not recorded', () => {
    expect(() => judge(evidence({ value: 'accuracy' }))).toThrow(
      'value="accuracy" is not recorded; the values are ',
    );
    expect(() => judge(evidence({ preset: 'cured' }))).toThrow('cured');
    expect(() => judge(evidence({ of: 'vanishing' }))).toThrow('no widget "vanishing"');
  });
});

describe('a claim is refused', () => {
  const cases: [what: string, change: object, sentence: string][] = [
    ['with blanks in its id', { id: 'A claim' }, 'id="A claim" must be lower-case words'],
    ['that fails and is disputed', { fails: true, disputed: true }, 'a claim fails or is disputed'],
    ['that is no sentence', { says: 'It stalls' }, 'give the claim as a sentence'],
    ['without a value', { value: undefined }, 'value="…" is missing'],
    ['without a quantity', { quantity: undefined }, 'quantity="…" is missing'],
    ['with two limits', { above: 1 }, 'give one of above={…} and below={…}'],
    [
      'without a reason for its bound',
      { because: undefined },
      'say in a clause why the bound is 0.15',
    ],
    ['without a limit', { below: undefined }, 'give one of above={…} and below={…}'],
    ['without words for its limit', { below: 'control.trainAccuracy' }, 'than="…" is missing'],
    [
      'without a counter-check',
      { against: undefined, againstValue: undefined },
      'a predicate that cannot fail shows nothing',
    ],
    [
      'of which nobody says whose it is',
      { claimedBy: undefined },
      'claimedBy="…" is missing: name',
    ],
    [
      'of two values without a counter-check',
      { below: 'x', than: 'x', against: undefined, againstValue: undefined },
      'a predicate that cannot fail shows nothing',
    ],
    [
      'with the two exchanged for a counter-check',
      {
        below: 'x',
        than: 'x',
        against: undefined,
        againstValue: 'x',
        againstLimit: 'trainAccuracy',
      },
      'the same two exchanged: that fails whatever was measured',
    ],
    [
      'with one value beside itself for a counter-check',
      { below: 'x', than: 'x', againstValue: 'x' },
      'compares a value with itself',
    ],
    [
      'that is disputed by a single source',
      { disputed: true },
      'disputed needs two sources at least',
    ],
    ['with another limit for a number', { againstLimit: 'x' }, 'againstLimit="…" is for a limit'],
    ['with a factor in quotes', { by: '2' }, 'by must be a number above 0, not "2"'],
    ['with a number for a preset', { preset: 7 }, 'preset must be a text, not 7'],
    ['with an attribute that is none', { belwo: 1 }, 'there is no belwo; a <Claim> takes id, says'],
  ];
  test.each(cases)('%s', (_, change, sentence) => {
    expect(() => readClaim(changed(change))).toThrow(sentence);
  });

  test('and one that two sources dispute is marked', () => {
    const claim = readClaim(changed({ disputed: true, examinedBy: 'yang2019' }));
    expect(claim.verdict).toBe('disputed');
    expect(readClaim(changed({})).verdict).toBe('holds');
  });

  test('where two share an id, with file and line', () => {
    const text = 'Text.\n\n<Claim id="a" says="A." examinedBy="he2016" />\n';
    expect(() =>
      collectClaims([
        { slug: 'x', file: 'content/x.mdx', text },
        { slug: 'y', file: 'content/y.mdx', text },
      ]),
    ).toThrow('content/y.mdx:3: <Claim>: the id "a" is used in x too.');
  });
});
