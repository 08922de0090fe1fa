// A whole listing, page after page, however many states it is asked for.
import {get, query} from './client';
import type {Page} from './types';
import type {Permit} from './permits';

const k_page = 200;

/** Permits in any of the states: `onPage` gets what has come so far. Stops when `signal` says so. */
export async function permitsIn(states: string[], filter: Record<string, string | undefined>,
  onPage?: (all: Permit[]) => void, signal?: AbortSignal): Promise<Permit[]> {
  const found = new Map<string, Permit>(); // one that changes its state meanwhile comes twice
  const readState = async (state: string) => {
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page<Permit> = await get('/permits' + query({...filter, state, limit: k_page, cursor}), signal);
      for (const permit of page.items) found.set(permit.id, permit);
      cursor = page.next_cursor;
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
