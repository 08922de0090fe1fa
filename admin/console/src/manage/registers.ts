// The administrator's registers, read whole: they are small (accounts, areas, calendars, rings of keys).
import {get, query} from '../service/client';
import type {Instance, Page} from '../service/types';

const k_most_pages = 50; // of 200: what is more is looked for by the service

export async function everyRecord(collection: string): Promise<Instance[]> {
  const all: Instance[] = [];
  let cursor: string | undefined;
  for (let n = 0; n < k_most_pages; n++) {
    const page = await get<Page>(`/${collection}` + query({limit: 200, cursor}));
    all.push(...page.items);
    if (!page.next_cursor) break;
    cursor = page.next_cursor;
  }
  return all;
}
