// What the service tells officers of reports, and the few questions to it.
import {get, post} from '../service/client';

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
  content: {type: string; text?: string; name?: string; bytes?: number; content_type?: string};
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

export interface Report extends Summary {
  said: Said[];
  steps: Step[];
  next: Next[];
  unproven: number;
}

export interface Standing {
  officer: string | null;
  unlocked: boolean;
  roster: {open: boolean; reason?: string; epoch?: number; expires?: string; officers?: {id: string; name: string}[]};
}

export const standing = () => get<Standing>('/intake');
export const reports = async () => (await get<{items: Summary[]}>('/intake/reports')).items;
export const report = (id: string) => get<Report>(`/intake/reports/${id}`);
export const enrol = (passphrase: string) =>
  post<{recovery_key: string}>('/intake/enrolment', {body: {passphrase}});
export const unlock = (passphrase: string) => post('/intake/unlock', {body: {passphrase}});
export const lock = () => post('/intake/lock');
export const sealToRoster = () => post<{sealed: number}>('/intake/sealings');
export const handle = (id: string, event: string, body: Record<string, string>) =>
  post<Report>(`/intake/reports/${id}/${event}`, {body});

/** Urgent ones first, then by what falls due; what has ended comes last. */
export function inOrder(all: Summary[]): Summary[] {
  const weight = ({ended, urgent, due}: Summary) => `${ended ? 1 : 0}${urgent ? 0 : 1}${due || '9999'}`;
  return [...all].sort((a, b) => weight(a).localeCompare(weight(b)) || a.id.localeCompare(b.id));
}
