// What this device keeps of field work: in IndexedDB, so that neither a reload nor an empty battery loses any of it.
import {type DBSchema, type IDBPDatabase, openDB} from 'idb';

/** The device's monotonic clock: milliseconds within one boot, which lasts as long as the clock runs. */
export interface Reading {
  boot: string;
  monotonic_ms: number;
}

/** A mark of the service's time, and when the device got it. */
export interface Mark extends Reading {
  mark: string;
}

/** An event as the service takes it at a sync. */
export interface Claim extends Reading {
  id: string;
  seq: number;
  permit: string;
  event: string;
  payload: Record<string, unknown>;
  seen: Mark;
  wall: string;
  signature: string;
}

/** What the service made of it. */
export interface Outcome {
  id: string;
  outcome: 'recorded' | 'refused' | 'already';
  kept: boolean;
  code?: string;
  title?: string;
  remedy?: string;
  at?: string;
  uncertainty_seconds?: number;
  clock_off_seconds?: number;
  receipt?: {leaf: string}; // of its entry in the log
}

// waiting: not sent yet. sent: recorded. conflict: refused, and kept at the permit for a supervisor.
// refused: taken by nobody, so it stays here.
export type Standing = 'waiting' | 'sent' | 'conflict' | 'refused';

export interface Item {
  id: string;
  account: string;
  person: string; // its name
  kid: string;
  label: string; // of the event
  number: string; // of the permit
  made: number; // by the service's clock as far as it was known, to be shown
  standing: Standing;
  claim: Claim;
  outcome?: Outcome;
  tried?: number; // the version after which the service may have recorded it at once, without its answer arriving
}

export interface KeptPhoto {
  sha256: string;
  account: string;
  blob: Blob;
  problem?: string; // why the service does not take it
}

export interface KeptAnswer {
  value: any;
  at: number; // when the service gave it
}

interface Field extends DBSchema {
  answers: {key: string; value: KeptAnswer};
  items: {key: string; value: Item; indexes: {account: string}};
  marks: {key: number; value: Mark & {account: string}; indexes: {account: string}};
  device: {key: string; value: {seq: number; at: Reading; gone: string[]}};
  photos: {key: string; value: KeptPhoto; indexes: {account: string}};
}

let opened: Promise<IDBPDatabase<Field>> | undefined;

export const database = () => (opened ??= openDB<Field>('sparkgate-field', 1, {
  upgrade(db) {
    db.createObjectStore('answers');
    db.createObjectStore('items', {keyPath: 'id'}).createIndex('account', 'account');
    db.createObjectStore('marks', {autoIncrement: true}).createIndex('account', 'account');
    db.createObjectStore('device');
    db.createObjectStore('photos', {keyPath: 'sha256'}).createIndex('account', 'account');
  },
}));

/** Written through to the disk before it counts as done. */
export const k_durable = {durability: 'strict'} as const;
