// The registers as lists to choose from: what a record is named by, and what it is called.
import {pagesOf} from './listing';
import type {Instance} from './types';

const k_most_pages = 50; // of 200: what is more is looked for by the service

/** A register, read whole. @throws Problem */
export async function everyRecord(collection: string): Promise<Instance[]> {
  const all: Instance[] = [];
  let pages = 0;
  for await (const items of pagesOf<Instance>(`/${collection}`)) {
    all.push(...items);
    if (++pages === k_most_pages) break;
  }
  return all;
}

interface Kind {
  collection: string;
  key: string;
  name: string;
}

export const kinds: Record<string, Kind> = {
  area: {collection: 'areas', key: 'code', name: 'name'},
  unit: {collection: 'units', key: 'credit_code', name: 'name'},
  person: {collection: 'persons', key: 'id_number', name: 'name'},
  certificate: {collection: 'certificates', key: 'certificate_no', name: 'name'},
  fire_watch: {collection: 'fire-watches', key: 'id_number', name: 'name'},
  machine: {collection: 'machines', key: 'code', name: 'kind'},
  instrument: {collection: 'instruments', key: 'code', name: 'kind'},
};

export async function records(kind: string): Promise<{key: string; name: string; state: string; data: any}[]> {
  const {collection, key, name} = kinds[kind];
  const items = await everyRecord(collection);
  return items.filter((one) => one.state !== 'Revoked').map((one) => ({
    key: String(one.data[key] ?? ''), name: String(one.data[name] ?? ''), state: one.state, data: one.data,
  }));
}
