// Which of my permits wait for me, and for what: what came back before all else, then what runs out first.
import {now} from '../service/clock';
import type {Instance} from '../service/types';
import {type Key, t} from '../text/text';

export interface Waiting {
  permit: Instance;
  rank: number; // the lowest first
  words: string;
  until: string; // "" where no hour matters
}

const k_soon_milliseconds = 2 * 3600_000;

// By state: how urgent, what to do, and which end counts.
const k_states: Record<string, [rank: number, words: Key, end: 'starts' | 'ends' | '']> = {
  Returned: [0, 'waits.returned', ''],
  Suspended: [1, 'waits.suspended', 'ends'],
  InProgress: [2, 'waits.ends_soon', 'ends'],
  SiteReady: [3, 'waits.start', 'ends'],
  Draft: [4, 'waits.submit', ''],
};

function waitingOf(permit: Instance): Waiting | undefined {
  const row = k_states[permit.state];
  if (!row) return undefined;
  const [rank, words, end] = row;
  const until = end ? String(permit.data.application[end]) : '';
  const is_far = permit.state === 'InProgress' && Date.parse(until) - now() > k_soon_milliseconds;
  return is_far ? undefined : {permit, rank, words: t(words), until};
}

export const waiting = (permits: Instance[]): Waiting[] => permits.map(waitingOf).filter((one) => one !== undefined)
  .sort((one, other) => one.rank - other.rank || one.until.localeCompare(other.until));

const k_live = ['Approved', 'SiteReady', 'InProgress', 'Suspended', 'FireWatch'];

/** A live permit can go on as another one. */
export const isRenewable = ({state}: Instance) => k_live.includes(state);
