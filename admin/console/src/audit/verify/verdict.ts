// What became of a bundle: a verdict a step and two over all, in the words of `sparkgate verify` (words.def); what a
// browser does not check has words of its own and never counts as checked.
import words from '../../../../../workflows/evidence/words.def';
import {type Key, language, t} from '../../text/text';
import {exactly} from '../../text/time';

/** Ordered by what a step comes to: the worst counts. */
const kinds = ['note', 'erased', 'gap', 'fault'] as const;
export type Kind = (typeof kinds)[number];

const k_outcomes = {note: 'ok', erased: 'erased', gap: 'not_checked', fault: 'failed'} as const;
export type Outcome = (typeof k_outcomes)[Kind];

interface Words {
  zh: string;
  en: string;
}
const rowsOf = (macro: string) =>
  [...words.matchAll(new RegExp(`^${macro}\\((\\w+),\\s*(?:(\\w+),\\s*)?"([^"]*)",\\s*"([^"]*)"\\)`, 'gm'))];

const steps = new Map<string, Words>(rowsOf('STEP').map(([, name, , zh, en]) => [name, {zh, en}]));
const remarks = new Map<string, Words & {kind: Kind}>(
  rowsOf('REMARK').map(([, code, kind, zh, en]) => [code, {kind: kind as Kind, zh, en}]));

// Said here alone: verify.word.CODE in the catalogue.
const k_own: Record<string, Kind> = {
  sm2_not_here: 'gap', timestamps_not_here: 'gap', replay_not_here: 'gap', decisions_not_here: 'gap',
  keys_not_here: 'gap', kinds_not_here: 'gap', unsigned_here: 'note', terms_not_here: 'note', packs_fit: 'note',
};

export interface Remark {
  code: string;
  details: Record<string, unknown>;
}

export class Verdict {
  subject: Record<string, string | number> = {};
  readonly #remarks = new Map<string, Remark[]>([...steps.keys()].map((step) => [step, []]));

  say(step: string, code: string, details: Record<string, unknown> = {}) {
    this.#remarks.get(step)!.push({code, details});
  }
  remarks = (step: string) => this.#remarks.get(step)!;
  kind(step: string): Kind {
    const worst = Math.max(0, ...this.remarks(step).map(({code}) => kinds.indexOf(kindOf(code))));
    return kinds[worst];
  }
  outcome = (step: string): Outcome => k_outcomes[this.kind(step)];
  holds = (step: string) => this.kind(step) === 'note' || this.kind(step) === 'erased';
  fails = (step: string) => this.kind(step) === 'fault';

  /** unaltered: as far as is checked here; whether each step was lawful `sparkgate verify` tells. */
  integrity(): 'unaltered' | 'structure_unaltered' | 'not_checked' | 'invalid' {
    if (stepNames.some((step) => step !== 'completeness' && this.fails(step))) return 'invalid';
    if (!this.holds('log_signature') || !this.holds('inclusion')) return 'not_checked'; // anybody could have made it
    return this.kind('payloads') === 'erased' ? 'structure_unaltered' : 'unaltered';
  }
  completeness(): 'complete' | 'not_shown' | 'incomplete' {
    const kind = this.kind('completeness');
    return kind === 'fault' ? 'incomplete' : kind === 'gap' ? 'not_shown' : 'complete';
  }
}

export const stepNames = [...steps.keys()];
const kindOf = (code: string): Kind => k_own[code] ?? remarks.get(code)!.kind;
export const outcomeOf = (code: string): Outcome => k_outcomes[kindOf(code)];

const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value);

export const stepLabel = (step: string) => steps.get(step)![language()];

/** A remark in the user's language. Options of the command line are no help here. */
export function wording({code, details}: Remark): string {
  const text = code in k_own ? t(`verify.word.${code}` as Key) : remarks.get(code)![language()];
  const bare = text.replace(/ ?[（(]--[\w-]+[)）]/g, '');
  const value = (name: string) => name === 'reason'
    ? t(`verify.reason.${details.reason}` as Key, details as Record<string, string | number>)
    : isTime(details[name]) ? exactly(details[name]) : String(details[name] ?? '');
  return bare.replace(/\{(\w+)\}/g, (_, name) => value(name));
}
