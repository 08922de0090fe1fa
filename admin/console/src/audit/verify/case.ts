// What the steps of a verification share: the bundle, what is believed, and what has been found so far.
import type {Bundle, Recorded} from './bundle';
import {fileOf} from './bundle';
import type {Checkpoint} from './checkpoint';
import {isObject, memberOf, parsed, textIn, timeOf} from './json';
import type {Verifier} from './note';
import type {Verdict} from './verdict';

/** What is believed. Never taken from a bundle. */
export interface Trust {
  logs: Verifier[];
  witnesses: Verifier[];
  witnessesNeeded: number;
}

/** What an entry says in the open. */
export interface Head {
  origin: string;
  workflow: string;
  instance: string;
  seq: number;
  slot?: number;
  type: string;
  from: string;
  to: string;
  actor: string;
  at: string;
  prev: string;
}

/** An entry of the bundle, as far as it can be read. */
export interface Checked {
  file: string; // "entries/000003.json"
  record: Recorded;
  head: Head | null;
  own: number; // index within its own log
  index: number; // over all logs of the bundle
  inLog: boolean; // stands in a signed tree of its own origin
  isWhole: boolean; // its payload is what it says
}

export interface Case {
  bundle: Bundle;
  trust: Trust;
  verdict: Verdict;
  chains: Map<string, Checked[]>; // by folder
  trees: Map<string, Checkpoint>; // by origin: signed by a given key
  tree: Checkpoint | null; // the bundle's own, when it is signed
  first: Map<string, number>; // by origin: what its entries' indexes begin with
}

export const chainOf = (c: Case, folder: string) => c.chains.get(folder) ?? [];
export const isSound = (checked: Checked) => checked.inLog && checked.isWhole;
export const allSound = (c: Case) => chainOf(c, 'entries').every(isSound);
export const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);

function readHead(record: Recorded): Head | null {
  const json = parsed(record.text);
  const seq = memberOf(json, 'seq'), slot = memberOf(json, 'slot');
  if (!isObject(json) || timeOf(textIn(json, 'at')) === null || !isNumber(seq)) return null;
  if (slot !== undefined && !isNumber(slot)) return null;
  const text = (member: string) => textIn(json, member);
  return {origin: text('origin'), workflow: text('workflow'), instance: text('instance'), seq, slot, type: text('type'),
    from: text('from'), to: text('to'), actor: text('actor'), at: text('at'), prev: text('prev')};
}

export function openCase(bundle: Bundle, trust: Trust, verdict: Verdict): Case {
  const chains = new Map([...bundle.chains].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, records]) => [folder,
    [...records].sort(([a], [b]) => a - b).map(([number, record]): Checked => ({file: fileOf(folder, number), record,
      head: readHead(record), own: 0, index: 0, inLog: false, isWhole: false}))]));
  return {bundle, trust, verdict, chains, trees: new Map(), tree: null, first: new Map()};
}
