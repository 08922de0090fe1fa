// A permit as the service tells it, and what follows from that: who somebody is, what falls due next.
import {maybe, t} from '../text/text';
import type {Finding} from './client';
import type {Instance} from './types';

/** Decimal degrees, WGS 84. */
export interface Spot {
  longitude: string;
  latitude: string;
}

export interface Place extends Spot {
  address: string;
  outdoor: boolean;
  confined_space?: boolean;
  height_metres?: string;
}

/** What was applied for; people by their names in this permit ("p1"). */
export interface Application {
  unit: string;
  owner_unit: string;
  area: string;
  place: Place;
  work: string;
  method: string;
  starts: string;
  ends: string;
  operators: string[];
  fire_watch: string;
  person_in_charge: string;
  machines?: string[];
  measures: {code: string; by?: string; note?: string}[];
  hazards?: string[];
  special_works?: string[];
  [more: string]: unknown;
}

export interface Step {
  code: string;
  role: string;
  on_site?: boolean;
  clause: string;
  zh: string;
  en: string;
}

interface Done {
  by: string;
  at: string;
}

export interface Hold {
  number: number;
  cause: string;
  role: string;
  since: string;
  by: string;
  reason?: string;
}

export interface PermitData {
  number: string;
  notice_code: string;
  application: Application;
  people: Record<string, {name: string}>;
  me?: string; // the reader's name in it
  numbers?: {operators?: string[]; fire_watch?: string; person_in_charge?: string};
  scope_hash: string;
  submitted_at?: string;
  pack?: {id: string; version: string; digest: string};
  grade?: string;
  upgraded?: boolean;
  upgrade_reasons?: string[];
  qualification?: {at: string; findings: Finding[]};
  approval_steps?: Step[];
  approvals?: (Done & {step: string; for?: string})[];
  consent?: Done;
  measures?: {code: string; confirmed_by?: string; confirmed_at?: string}[];
  site_rules?: Record<string, any>;
  states?: {state: string; since: string}[];
  started?: Done;
  resumed_at?: string;
  work_ended_at?: string;
  watch?: Record<string, any>;
  rounds?: {last_at?: string; count?: number; missed?: number};
  gas?: {sampled_at: string; readings: any[]; instrument: string};
  gas_monitoring?: {until?: string};
  holds?: Hold[];
  flags?: {code: string; event: string; by: string; at: string; permits?: string[]}[];
  photos?: string[];
  [more: string]: any;
}

/** What codes are called, in the reader's language. */
export interface Labels {
  unit: string;
  owner_unit: string;
  areas: {code: string; name: string}[]; // nearest first
  grade: string;
  method: string;
  pack: string;
  measures: Record<string, {title: string; clause: string}>;
  steps: Record<string, {title: string; clause: string; on_site?: boolean}>;
  upgrade_reasons: Record<string, {title: string; clause: string}>;
  machines: Record<string, string>;
  causes: Record<string, string>;
}

/** A moment that is coming, and what the service does by itself then. */
export interface Due {
  name: string;
  at: string;
  title?: string;
  event?: string | null;
}

export interface Permit extends Instance<PermitData> {
  labels?: Partial<Labels>;
  due?: Due[]; // soonest first
}

export const k_live = ['Approved', 'SiteReady', 'InProgress', 'Suspended', 'FireWatch', 'AwaitingAcceptance'];

export const nameOf = (permit: Permit, who: string) =>
  who === 'system' ? t('by_system') : (permit.data.people?.[who]?.name ?? who);

export const gradeOf = (permit: Permit) =>
  permit.labels?.grade || (permit.data.grade ? maybe(`grade.${permit.data.grade}`, permit.data.grade) : '');

const k_hidden_dues = ['retention_end', 'window_start'];
const k_ended = ['Closed', 'Rejected', 'Withdrawn', 'Expired', 'Revoked', 'FireWatch', 'AwaitingAcceptance'];

/** What falls due, soonest first; at least the window's end. */
export const duesOf = (permit: Permit): Due[] => permit.due?.filter(({name}) => !k_hidden_dues.includes(name)) ??
  (k_ended.includes(permit.state) ? [] : [{name: 'window_end', at: permit.data.application.ends}]);

/** What has nothing due comes last. */
export const firstDue = (permit: Permit) => {
  const [first] = duesOf(permit);
  return first ? Date.parse(first.at) : Number.MAX_SAFE_INTEGER;
};

const k_degree_metres = 111_320;

/** Metres between two places, as the crow flies; good enough within a county. */
export function metresBetween(a: Spot, b: Spot): number {
  const middle = ((Number(a.latitude) + Number(b.latitude)) / 2) * (Math.PI / 180);
  const north = (Number(a.latitude) - Number(b.latitude)) * k_degree_metres;
  const east = (Number(a.longitude) - Number(b.longitude)) * k_degree_metres * Math.cos(middle);
  return Math.round(Math.hypot(north, east));
}
