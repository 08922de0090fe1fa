// Whole listings, page after page.
import {get, query} from './client';
import type {Page} from './types';
import type {Permit} from './permits';

const k_page = 200;

/** The items of each page. @throws Problem */
export async function* pagesOf<T>(path: string, filter: Record<string, string | undefined> = {}, signal?: AbortSignal) {
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<T> = await get(path + query({...filter, limit: k_page, cursor}), signal);
    yield page.items;
    cursor = page.next_cursor;
  }
}

/** Permits in any of the states: `onPage` gets what has come so far. Stops when `signal` says so. */
export async function permitsIn(states: string[], filter: Record<string, string | undefined>,
  onPage?: (all: Permit[]) => void, signal?: AbortSignal): Promise<Permit[]> {
  const found = new Map<string, Permit>(); // one that changes its state meanwhile comes twice
  const readState = async (state: string) => {
    for await (const items of pagesOf<Permit>('/permits', {...filter, state}, signal)) {
      for (const permit of items) found.set(permit.id, permit);
      onPage?.([...found.values()]);
    }
  };
  await Promise.all(states.map(readState));
  return [...found.values()];
}

/** Runs the work on each item, a few at a time. */
export async function eachOf<T>(items: T[], work: (item: T) => Promise<unknown>, atOnce = 6): Promise<void> {
  const rest = [...items];
  const next = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({length: atOnce}, next));
}
