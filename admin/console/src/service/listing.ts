// Whole listings, page after page.
import {get, query} from './client';
import type {Page} from './types';
import type {Permit} from './permits';

const k_page = 200;

type Filter = Record<string, string | string[] | undefined>;

/** The items of each page. @throws Problem */
export async function* pagesOf<T>(path: string, filter: Filter = {}, signal?: AbortSignal) {
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<T> = await get(path + query({...filter, limit: k_page, cursor}), signal);
    yield page.items;
    cursor = page.next_cursor;
  }
}

/** Permits in any of the states: `onPage` gets what has come so far. Stops when `signal` says so. */
export async function permitsIn(state: string[], filter: Filter, onPage?: (all: Permit[]) => void,
  signal?: AbortSignal): Promise<Permit[]> {
  const found: Permit[] = [];
  for await (const items of pagesOf<Permit>('/permits', {...filter, state}, signal)) {
    found.push(...items);
    onPage?.([...found]);
  }
  return found;
}

/** Runs the work on each item, a few at a time. */
export async function eachOf<T>(items: T[], work: (item: T) => Promise<unknown>, atOnce = 6): Promise<void> {
  const rest = [...items];
  const next = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({length: atOnce}, next));
}
