// Applications as they are being written, kept on this device: they outlive a reload, an ended session, a lost network.
import {type IDBPDatabase, openDB} from 'idb';
import {me} from '../service/session';

export type Application = Record<string, any>; // the body of `create`, as far as it is filled in

export interface Draft {
  id: string; // of the permit; before there is one: "new-…"
  account: string;
  value: Application;
  step: number;
  version: number; // of the permit that it amends, as last seen; 0: there is none
  at: number; // milliseconds, when it was last touched
  key: ReturnType<typeof crypto.randomUUID>; // makes a repeated creation safe
  submitKey?: ReturnType<typeof crypto.randomUUID>; // the same of submitting: the service has all that is written here
}

let opened: Promise<IDBPDatabase> | undefined;

const database = () => (opened ??= openDB('sparkgate-apply', 1, {
  upgrade(db) {
    db.createObjectStore('drafts', {keyPath: ['account', 'id']});
    db.createObjectStore('kept');
  },
  terminated: () => (opened = undefined),
}));

export const isNew = (draft: Draft) => draft.version === 0;

export function newDraft(value: Application): Draft {
  const unique = crypto.randomUUID();
  return {id: `new-${unique}`, account: me()!.id, value, step: 0, version: 0, at: Date.now(), key: unique};
}

/** Committed without waiting for the write's own answer: the page may be gone by then. */
export async function keepDraft(draft: Draft): Promise<void> {
  const writing = (await database()).transaction('drafts', 'readwrite');
  const put = writing.store.put(draft);
  writing.commit();
  await Promise.all([put, writing.done]);
}

export const dropDraft = async (id: string) => (await database()).delete('drafts', [me()!.id, id]);
export const draftOf = async (id: string): Promise<Draft | undefined> =>
  (await database()).get('drafts', [me()!.id, id]);

/** This account's, the last touched first. */
export async function drafts(): Promise<Draft[]> {
  const all: Draft[] = await (await database()).getAll('drafts');
  return all.filter(({account}) => account === me()!.id).sort((one, other) => other.at - one.at);
}

/** What `ask` answers; without network, what it answered last. */
export async function kept<T>(name: string, ask: () => Promise<T>): Promise<T> {
  const key = `${me()!.id} ${name}`;
  try {
    const found = await ask();
    await (await database()).put('kept', found, key);
    return found;
  } catch (problem: any) {
    const last = problem.status === 0 ? await (await database()).get('kept', key) : undefined;
    if (last === undefined) throw problem;
    return last;
  }
}
