import { citedIds } from '../citations/bibliography.ts';

/** What a predicate looks at: one named value of a widget, as recorded for one setting. */
export interface Evidence {
  widget: string;
  preset: string | undefined;
  value: string;
  /** Which entry of a value with one entry a layer or time step, from 1. */
  at: number | undefined;
  /** The value in words. */
  quantity: string;
  percent: boolean;
  is: 'above' | 'below';
  /** A number, or the name of another value of the same run. */
  limit: number | string;
  /** That other value in words. */
  than: string;
  /** By which factor the value lies above or below the limit. */
  by: number;
  /** Why the limit is that number, or the factor, as a clause; undefined where another value is the limit. */
  because: string | undefined;
  /** Where the predicate must fail: another preset, other values of it, or both. */
  against: {
    preset: string | undefined;
    value: string;
    at: number | undefined;
    limit: number | string;
  };
}

/** What becomes of a claim that is tested. */
export type Verdict = 'holds' | 'fails' | 'disputed';

/** A sentence that can be right or wrong, who says so, and what an experiment says to it. */
export interface Claim {
  id: string;
  says: string;
  /**
   * `fails`: a popular claim that does not hold, and the evidence speaks against it. `disputed`: the sources do
   * not agree, and the evidence, where there is one, tells one side.
   */
  verdict: Verdict;
  /** The chapter that it is about, by its slug, where that is not the one that makes it. */
  topic: string | undefined;
  /** Sources that make the claim, by their ids. */
  claimedBy: string[];
  /** Where it is heard, where no source makes it, such as "on slides that many courses show". */
  heard: string | undefined;
  /** Sources that have examined it, whatever they found. */
  examinedBy: string[];
  /** Undefined where no experiment can decide. */
  evidence: Evidence | undefined;
}

const TEXTS = [
  'id',
  'says',
  'claimedBy',
  'heard',
  'examinedBy',
  'of',
  'preset',
  'value',
  'quantity',
  'than',
  'because',
  'against',
  'againstValue',
  'againstLimit',
  'topic',
];
const NUMBERS = ['at', 'againstAt', 'by'];
const FLAGS = ['fails', 'disputed', 'percent'];
const LIMITS = ['above', 'below'];

/** All attributes of a `<Claim>`. */
export const CLAIM_ATTRIBUTES: readonly string[] = [...TEXTS, ...NUMBERS, ...FLAGS, ...LIMITS];

/**
 * Reads the attributes of a `<Claim>`.
 *
 * @throws a sentence that names the attribute and what is allowed.
 */
export function readClaim(attributes: Record<string, unknown>): Claim {
  for (const [name, value] of Object.entries(attributes)) check(name, value);
  const text = (name: string) => attributes[name] as string | undefined;
  const id = text('id') ?? '';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new Error(`id="${id}" must be lower-case words with hyphens, such as "sigmoids-vanish".`);
  const says = text('says')?.trim() ?? '';
  if (!/[.!?]$/.test(says)) throw new Error('says="…" is missing: give the claim as a sentence.');
  const verdicts = (['fails', 'disputed'] as const).filter((name) => attributes[name] === true);
  if (verdicts.length > 1) throw new Error('a claim fails or is disputed: give one of the two.');
  const verdict: Verdict = verdicts[0] ?? 'holds';
  const evidence = text('of') === undefined ? undefined : readEvidence(attributes);
  const claimedBy = citedIds(text('claimedBy') ?? '');
  const examinedBy = citedIds(text('examinedBy') ?? '');
  const heard = text('heard');
  if (claimedBy.length + examinedBy.length === 0 && !heard)
    throw new Error(
      'claimedBy="…" is missing: name who says it, by an id of content/bibliography.json; or say ' +
        'where it is heard, by heard="…", or who has examined it, by examinedBy="…".',
    );
  if (verdict === 'disputed' && claimedBy.length + examinedBy.length < 2)
    throw new Error('disputed needs two sources at least, by claimedBy="…" and examinedBy="…".');
  return { id, says, verdict, topic: text('topic'), claimedBy, heard, examinedBy, evidence };
}

function readEvidence(attributes: Record<string, unknown>): Evidence {
  const text = (name: string) => attributes[name] as string | undefined;
  const number = (name: string) => attributes[name] as number | undefined;
  const [value, quantity, preset] = [text('value'), text('quantity'), text('preset')];
  if (!value) throw new Error('value="…" is missing: name the recorded value that decides.');
  if (!quantity) throw new Error('quantity="…" is missing: say in words what the value is.');
  const given = LIMITS.filter((name) => attributes[name] !== undefined);
  const [is] = given;
  if (given.length !== 1) throw new Error('give one of above={…} and below={…}.');
  const limit = attributes[is as 'above' | 'below'] as number | string;
  const than = text('than') ?? '';
  if (typeof limit === 'string' && than === '')
    throw new Error(`than="…" is missing: say in words what ${limit} is.`);
  if (text('because') === undefined && (typeof limit === 'number' || number('by') !== undefined))
    throw new Error(
      `because="…" is missing: say in a clause why the bound is ${number('by') ?? limit}, so that nobody moves it unnoticed.`,
    );
  const against = {
    preset: text('against') ?? preset,
    value: text('againstValue') ?? value,
    at: number('againstAt') ?? number('at'),
    limit: text('againstLimit') ?? limit,
  };
  if (!['against', 'againstValue', 'againstLimit'].some((name) => attributes[name] !== undefined))
    throw new Error(
      'against="…" is missing: name a preset for which the predicate fails, or another value by ' +
        'againstValue="…" or againstLimit="…"; a predicate that cannot fail shows nothing.',
    );
  if (typeof limit === 'number' && text('againstLimit') !== undefined)
    throw new Error('againstLimit="…" is for a limit that is the name of a value.');
  const exchanged = against.value === limit && against.limit === value;
  if (against.value === against.limit || (exchanged && against.preset === preset))
    throw new Error(
      'the counter-check compares a value with itself, or the same two exchanged: that fails ' +
        'whatever was measured. Name another preset, or another value.',
    );
  return {
    widget: text('of') as string,
    preset,
    value,
    at: number('at'),
    quantity,
    percent: attributes['percent'] === true,
    is: is as 'above' | 'below',
    limit,
    than,
    by: number('by') ?? 1,
    because: text('because'),
    against,
  };
}

function check(name: string, value: unknown): void {
  const wants = (what: string, right: boolean) => {
    if (!right) throw new Error(`${name} must be ${what}, not ${JSON.stringify(value)}.`);
  };
  if (TEXTS.includes(name)) wants('a text', typeof value === 'string');
  else if (NUMBERS.includes(name))
    wants('a number above 0', typeof value === 'number' && value > 0);
  else if (FLAGS.includes(name)) wants('given or left out', typeof value === 'boolean');
  else if (LIMITS.includes(name))
    wants('a number or the name of a value', ['number', 'string'].includes(typeof value));
  else throw new Error(`there is no ${name}; a <Claim> takes ${CLAIM_ATTRIBUTES.join(', ')}.`);
}
