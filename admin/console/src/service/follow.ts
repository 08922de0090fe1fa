// Pages that show permits keep up with what others do to them.
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {get, Problem} from './client';
import {eachOf} from './listing';
import {listenLive} from './live';
import type {Permit} from './permits';

const k_gathered_milliseconds = 300; // changes that come together are asked for together
const k_again_milliseconds = 5000; // for what could not be read

/** Nothing is hidden because it could not be read: the service must have said so. */
const isGone = (error: unknown) => error instanceof Problem && (error.status === 403 || error.status === 404);

/** `changed` gets each permit anew (null: not to be seen any more), `again` is told that some may have been missed. */
function followPermits(again: () => void, changed: (id: string, permit: Permit | null) => void): () => void {
  const ids = new Set<string>();
  let later = 0;
  const ask = (id: string, milliseconds: number) => {
    ids.add(id);
    later ||= window.setTimeout(read, milliseconds);
  };
  const readOne = async (id: string) => {
    try {
      changed(id, await get<Permit>(`/permits/${id}`));
    } catch (error) {
      if (isGone(error)) changed(id, null);
      else ask(id, k_again_milliseconds);
    }
  };
  const read = () => {
    const gathered = [...ids];
    ids.clear();
    later = 0;
    void eachOf(gathered, readOne);
  };
  const stop = listenLive((transition) => {
    if (!transition) return again();
    if (transition.workflow === 'hot_work_permit') ask(transition.instance, k_gathered_milliseconds);
  });
  return () => {
    clearTimeout(later);
    later = -1; // nothing is begun any more
    stop();
  };
}

/** Keeps a list up to date while its element is there: `again` reads all of it, `put` takes what has become of one. */
export class Following implements ReactiveController {
  readonly #meanwhile = new Map<string, Permit | null>(); // since the last reading began
  #stop = () => {};

  constructor(host: ReactiveControllerHost, private readonly again: () => void,
    private readonly put: (id: string, permit: Permit | null) => void) {
    host.addController(this);
  }

  hostConnected() {
    this.#stop = followPermits(this.again, (id, permit) => {
      this.#meanwhile.set(id, permit);
      this.put(id, permit);
    });
  }
  hostDisconnected() {
    this.#stop();
  }

  /** All is being read: what changes from now on may be newer than what comes. */
  begin() {
    this.#meanwhile.clear();
  }
  /** It has come. */
  catchUp() {
    this.#meanwhile.forEach((permit, id) => this.put(id, permit));
  }
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
