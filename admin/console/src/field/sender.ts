// Brings to the service what was recorded without network: photos first, then the events in their order. Sent again it
// changes nothing there, since each event has a name of its own.
import {get, post} from '../service/client';
import {now} from '../service/clock';
import {me, resume, sessionChanged} from '../service/session';
import {photosWait, sendKeptPhotos} from './kept-photos';
import type {Instance} from '../service/types';
import {isUnreachable} from './answers';
import type {Item, Mark, Outcome, Standing} from './database';
import {keepMark, marksOf, recallTime, takeMark} from './marks';
import {clearDone, isOpen, itemsOf, keepItems, tellQueue} from './queue';
import {nextPlace} from './recorder';
import {hearVersion} from './versions';

const k_batch = 200;
const k_again_milliseconds = 30_000;
const k_answer_milliseconds = 60_000;
const k_mark_milliseconds = 3 * 60_000;

/** Why the last attempt brought nothing; null when it did, or there was nothing to bring. */
export let sendingProblem: unknown = null;

let running: Promise<void> | null = null;

/** One at a time, also among several pages. */
export function flush(): Promise<void> {
  running ??= navigator.locks.request('sparkgate-field', sendAll)
    .then(() => (sendingProblem = null), (error) => (sendingProblem = error))
    .then(() => {
      running = null;
      tellQueue();
    });
  return running;
}

async function sendAll(): Promise<void> {
  if (me() && !me()!.csrf_token) await resume(); // the account was taken from memory while there was no network
  const account = me();
  if (!account) return;
  await sendKeptPhotos(account.id);
  const open = (await itemsOf(account.id)).filter(isOpen);
  const items = await withoutRecorded(open);
  for (let from = 0; from < items.length; from += k_batch) await sync(account.id, items.slice(from, from + k_batch));
  await clearDone(account.id, now(), false);
}

interface Synced {
  mark: string;
  events: Outcome[];
}

async function sync(account: string, items: Item[]): Promise<void> {
  for (const kid of new Set(items.map((item) => item.kid))) {
    const own = items.filter((item) => item.kid === kid);
    const marks = await marksOf(account);
    const {mark, events} = await report(kid, marks, own).catch((error) => {
      if (error.code !== 'field_mark_invalid') throw error;
      return report(kid, [], own); // they only narrow the times down; each event has its own
    });
    await keepMark(account, mark);
    const outcomes = new Map(events.map((event) => [event.id, event]));
    await keepItems(own.map((item) => settled(item, outcomes.get(item.id))));
  }
}

async function report(kid: string, marks: Mark[], items: Item[]): Promise<Synced> {
  const {boot, monotonic_ms} = await nextPlace();
  return post<Synced>('/field/sync', {body: {device: {kid, boot, monotonic_ms}, marks,
    events: items.map((item) => item.claim)}, signal: AbortSignal.timeout(k_answer_milliseconds)});
}

function settled(item: Item, outcome?: Outcome): Item {
  if (!outcome) return item;
  const standing: Standing = !outcome.kept ? 'refused' : outcome.code ? 'conflict' : 'sent';
  return {...item, outcome, standing};
}

// An answer may be lost on its way back although the service has recorded what it answers: then that counts.
async function withoutRecorded(items: Item[]): Promise<Item[]> {
  const out: Item[] = [];
  for (const item of items) {
    if (item.tried === undefined) out.push(item);
    else if (await wasRecorded(item, item.tried).catch(passing)) await keepItems([{...item, standing: 'sent'}]);
    else {
      out.push({...item, tried: undefined});
      await keepItems([out.at(-1)!]);
    }
  }
  return out;
}

// A permit that the account no longer sees says nothing; the sync then tells why.
function passing(error: unknown): false {
  if (isUnreachable(error)) throw error;
  return false;
}

const k_longest_try_milliseconds = 60_000;

interface Entry {
  leaf: string;
  seq: number; // 0 is the first: as many as the version says came before
  at: string;
  type: string;
  actor: string;
}

async function wasRecorded(item: Item, version: number): Promise<boolean> {
  const {permit: id, event} = item.claim, path = `/permits/${id}`;
  const [{items}, permit] = await Promise.all([get<{items: Entry[]}>(`${path}/entries`), get<Instance>(path)]);
  const others = new Set((await itemsOf(item.account)).map(({outcome}) => outcome?.receipt?.leaf));
  const isThere = items.some(({leaf, seq, at, type, actor}) => seq >= version && type === event && !others.has(leaf) &&
    Date.parse(at) > item.made - k_longest_try_milliseconds && actor === permit.data.me);
  if (isThere) await hearVersion(id, permit.version);
  return isThere;
}

async function waits(): Promise<boolean> {
  const account = me();
  return !!account && ((await itemsOf(account.id)).some(isOpen) || photosWait(account.id));
}

/** From now on: at once, with the network, and every half minute while something waits. */
export function begin(): void {
  const arrive = () => {
    if (!me()) return;
    void flush();
    void takeMark().catch(() => recallTime(me()!.id)); // there will be another
  };
  const signIn = () => me() && `${me()!.id} ${me()!.csrf_token}`; // another one each time
  let last = signIn();
  sessionChanged.addEventListener('changed', () => {
    if (signIn() !== last) arrive();
    last = signIn();
  });
  addEventListener('online', arrive);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && arrive());
  setInterval(async () => (await waits()) && void flush(), k_again_milliseconds);
  setInterval(() => me() && void takeMark().catch(() => undefined), k_mark_milliseconds);
  arrive();
}
