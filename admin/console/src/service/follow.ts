// Pages that show permits keep up with what others do to them.
import {get} from './client';
import {eachOf} from './listing';
import {listenLive} from './live';
import type {Permit} from './permits';

const k_gathered_milliseconds = 300; // changes that come together are asked for together

/** `changed` gets each permit anew (null: not to be seen any more), `again` is told that some may have been missed. */
export function followPermits(again: () => void, changed: (id: string, permit: Permit | null) => void): () => void {
  const ids = new Set<string>();
  let later = 0;
  const read = () => {
    const gathered = [...ids];
    ids.clear();
    return eachOf(gathered, async (id) => changed(id, await get<Permit>(`/permits/${id}`).catch(() => null)));
  };
  const stop = listenLive((transition) => {
    if (!transition) return again();
    if (transition.workflow !== 'hot_work_permit') return;
    ids.add(transition.instance);
    clearTimeout(later);
    later = window.setTimeout(read, k_gathered_milliseconds);
  });
  return () => {
    clearTimeout(later);
    stop();
  };
}

/** Says when something has happened to that one instance, or may have. */
export const followOne = (id: () => string, look: () => void): (() => void) =>
  listenLive((transition) => (!transition || transition.instance === id()) && look());

/** The same with the permit itself. When it cannot be had, what is on the screen stays. */
export function followPermit(id: () => string, changed: (permit: Permit) => void): () => void {
  return followOne(id, async () => {
    const permit = await get<Permit>(`/permits/${id()}`).catch(() => null);
    if (permit?.id === id()) changed(permit);
  });
}
