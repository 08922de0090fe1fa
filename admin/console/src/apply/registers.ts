// The unit's registers, whole: what an application chooses from.
import {get, query} from '../service/client';
import type {Instance, Page} from '../service/types';
import {kept} from './drafts';

const k_collections = {
  unit: 'units', area: 'areas', person: 'persons', certificate: 'certificates', fire_watch: 'fire-watches',
  machine: 'machines', instrument: 'instruments',
} as const;

export type Kind = keyof typeof k_collections;
export type Registers = Record<Kind, Instance[]>;
export const collectionOf = (kind: Kind) => k_collections[kind];

const k_most_pages = 20;

/** Every record of a kind that the caller may read, also those that are revoked. */
export async function recordsOf(kind: Kind): Promise<Instance[]> {
  const found: Instance[] = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null && page < k_most_pages; ++page) {
    const answer: Page = await get<Page>(`/${k_collections[kind]}${query({limit: 200, cursor})}`);
    found.push(...answer.items);
    cursor = answer.next_cursor;
  }
  return found;
}

/** Records that can be named in an application. */
export async function registers(): Promise<Registers> {
  const kinds = Object.keys(k_collections) as Kind[];
  const lists = await Promise.all(kinds.map((kind) => kept(`register ${kind}`, () => recordsOf(kind))));
  return Object.fromEntries(kinds.map((kind, i) =>
    [kind, lists[i].filter(({state}) => state !== 'Revoked')])) as Registers;
}
