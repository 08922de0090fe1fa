// What the service tells officers of reports, and the few questions to it.
import {get, post, postForBytes} from '../service/client';

export interface Filed {
  category: string;
  category_label?: string;
  area: string;
  address: string;
  when: string;
  text: string;
}

export interface Summary {
  id: string;
  state: string;
  state_label: string;
  ended: boolean;
  received: string; // days
  due: string;
  nearness: '' | 'soon' | 'late';
  expires: string;
  urgent: boolean;
  held: boolean;
  assigned_to: string;
  news: boolean; // the last word is the reporter's
  report: Filed | null;
}

export interface Said {
  sequence: number;
  kind: 'text' | 'file' | 'note';
  direction: 'from_source' | 'from_officer';
  author: string;
  day: string;
  content: {type: string; text?: string; name?: string; bytes?: number; content_type?: string; kind?: string; report?: string;
    fine?: number; reward?: number};
}

export interface Step {
  sequence: number;
  event: string;
  label?: string;
  by: string;
}

export interface Next {
  name: string;
  label: string;
  says: 'nothing' | 'may' | 'must';
}

/** What an event asks for beside words. */
export interface Details {
  officer?: string;
  report?: string;
  permit?: string;
  area?: string;
  address?: string;
  fine?: number; // yuan
  reward?: number;
}

/** In yuan; by the office's rule pack. */
export interface Reward {
  percent: number;
  least: number;
  most: number;
  clause: string;
}

export interface HandOff {
  sequence: number; // of the note that tells of it
  due: string; // "" once it was done
  refused?: string;
  inspection: {id: string; state: string; state_label: string; failed?: number;
    violations: {id: string; state_label: string}[]} | null;
}

export interface PermitThere {
  id: string;
  number?: string;
  state: string;
  state_label: string;
  live: boolean;
  address: string;
  starts: string;
  ends: string;
}

export interface Report extends Summary {
  said: Said[];
  steps: Step[];
  next: Next[];
  hand_offs: HandOff[];
  reward: Reward | null;
  unproven: number;
}

export interface Counted {
  name: string;
  label: string;
  number: number | null; // null: hidden
}

export type Counts = {quarter: string} & ({shown: false} | {shown: true; all: number; by_category: Counted[];
  by_state: Counted[]; by_clock: Counted[]});

export interface Standing {
  officer: string | null;
  unlocked: boolean;
  overdue: number; // reports
  roster: {open: boolean; reason?: string; epoch?: number; expires?: string; officers?: {id: string; name: string}[]};
}

export const standing = () => get<Standing>('/intake');
export const reports = async () => (await get<{items: Summary[]}>('/intake/reports')).items;
export const report = (id: string) => get<Report>(`/intake/reports/${id}`);
export const enrol = (passphrase: string) =>
  post<{recovery_key: string}>('/intake/enrolment', {body: {passphrase}});
export const unlock = (passphrase: string) => post('/intake/unlock', {body: {passphrase}});
export const lock = () => post('/intake/lock');
export const sealToRoster = () => post<{sealed: number; rekeyed: number}>('/intake/sealings');
export const statistics = (quarter: string) => get<Counts>(`/intake/statistics?quarter=${quarter}`);
export const permitsThere = async (id: string, area: string) =>
  (await get<{items: PermitThere[]}>(`/intake/reports/${id}/permits?area=${encodeURIComponent(area)}`)).items;
export const handle = (id: string, event: string, body: {text?: string; note?: string; details: Details}) =>
  post(`/intake/reports/${id}/${event}`, {body});

/** Of an export: what its certificate says. */
export interface Recipient {
  subject: string;
  fingerprint: string;
}

export interface Proposal {
  report: string;
  proposed_by: string;
  recipient: Recipient;
}

export const proposeExport = (id: string, certificate: string) =>
  post<{code: string; expires: string; recipient: Recipient}>(`/intake/reports/${id}/export`, {body: {certificate}});
export const proposedExport = (code: string) => get<Proposal>(`/intake/exports/${encodeURIComponent(code)}`);
export const confirmExport = (code: string) => postForBytes(`/intake/exports/${encodeURIComponent(code)}`);

/** As a report is called among others. */
export const titleOf = ({report, received}: Summary) =>
  [report?.category_label, report?.address, received].filter(Boolean).join(' · ');

/** Urgent ones first, then by what falls due; what has ended comes last. */
export function inOrder(all: Summary[]): Summary[] {
  const weight = ({ended, urgent, due}: Summary) => `${ended ? 1 : 0}${urgent ? 0 : 1}${due || '9999'}`;
  return [...all].sort((a, b) => weight(a).localeCompare(weight(b)) || a.id.localeCompare(b.id));
}
