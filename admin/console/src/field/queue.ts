// The queue of what was recorded without network: shown always, changed only here.
import {database, type Item, k_durable} from './database';

export const queueChanged = new EventTarget();
export const tellQueue = () => queueChanged.dispatchEvent(new Event('changed'));

const k_shown_milliseconds = 3 * 24 * 3600_000; // how long what was sent stays in sight

/** Still this device's to bring. */
export const isOpen = ({standing}: Item) => standing === 'waiting' || standing === 'refused';

/** In the order in which they were made; of whoever uses this device. */
export async function allItems(): Promise<Item[]> {
  const items = await (await database()).getAll('items');
  return items.sort((a, b) => a.claim.seq - b.claim.seq);
}

export const itemsOf = async (account: string) => (await allItems()).filter((item) => item.account === account);

export async function keepItems(items: Item[]): Promise<void> {
  const transaction = (await database()).transaction('items', 'readwrite', k_durable);
  for (const item of items) void transaction.store.put(item);
  await transaction.done;
  tellQueue();
}

export async function removeItem(id: string): Promise<void> {
  await (await database()).delete('items', id);
  tellQueue();
}

/** Drops what is done: all of it, or only what is old. */
export async function clearDone(account: string, now: number, all: boolean): Promise<void> {
  for (const item of await itemsOf(account)) {
    if (!isOpen(item) && (all || now - item.made > k_shown_milliseconds)) await removeItem(item.id);
  }
}
