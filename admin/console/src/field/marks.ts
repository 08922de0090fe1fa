// Marks of the service's time: taken whenever there is network, so that what is recorded without it can be placed.
import {get} from '../service/client';
import {correct} from '../service/clock';
import {me} from '../service/session';
import {joined, reading} from './clock';
import {database, type Mark} from './database';

const k_longest_milliseconds = 60_000; // an answer that took longer marks nothing
const k_kept = 40;

/** @throws Problem; status 0 when the service is out of reach within `patience` milliseconds */
export async function takeMark(patience = 8000): Promise<void> {
  const account = me()!.id;
  await joined;
  const asked = performance.now();
  const {mark} = await get<{mark: string}>('/field/time', AbortSignal.timeout(patience));
  if (performance.now() - asked <= k_longest_milliseconds) await keepMark(account, mark);
}

export async function keepMark(account: string, mark: string): Promise<void> {
  correct(timeOf(mark));
  const transaction = (await database()).transaction('marks', 'readwrite');
  await transaction.store.add({account, mark, ...reading()});
  const keys = await transaction.store.index('account').getAllKeys(account);
  for (const old of keys.slice(0, -k_kept)) void transaction.store.delete(old);
  await transaction.done;
}

// A mark begins with its instant, in milliseconds since 1970.
const timeOf = (mark: string) => Number(mark.split('.')[0]);

/** Without network, from the last mark of this boot: the wall clock may have been set meanwhile. */
export async function recallTime(account: string): Promise<void> {
  await joined;
  const last = (await marksOf(account)).at(-1), at = reading();
  if (last?.boot === at.boot) correct(timeOf(last.mark) + at.monotonic_ms - last.monotonic_ms);
}

/** Oldest first. */
export async function marksOf(account: string): Promise<Mark[]> {
  const found = await (await database()).getAllFromIndex('marks', 'account', account);
  return found.map(({mark, boot, monotonic_ms}) => ({mark, boot, monotonic_ms}));
}
