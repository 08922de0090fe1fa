// A bundle on its way from the page that fetched it to the one that verifies it.
import type {Bytes} from './verify/bytes';

export interface Handed {
  name: string;
  bytes: Bytes;
}

let waiting: Handed | null = null;

export const hand = (bundle: Handed) => void (waiting = bundle);

/** What was handed over last, once. */
export function taken(): Handed | null {
  const bundle = waiting;
  waiting = null;
  return bundle;
}
