// What is wrong with a record, or soon will be, in words: by its state and by its dates.
import {now} from '../service/clock';
import type {Instance} from '../service/types';
import {type Key, t} from '../text/text';
import {day} from '../text/time';

export interface Trouble {
  severe: boolean; // it cannot be used; otherwise: it soon cannot, or somebody has yet to look at it
  words: string;
}

const k_soon_milliseconds = 30 * 24 * 3600_000;

// The last day that each date allows, and what to say when it is over or near.
const k_ends: [member: string, over: Key, soon: Key][] = [
  ['valid_until', 'trouble.expired', 'trouble.expires'],
  ['review_due', 'trouble.review_overdue', 'trouble.review_due'],
  ['training_valid_until', 'trouble.training_over', 'trouble.training_ends'],
  ['inspected_until', 'trouble.inspection_over', 'trouble.inspection_ends'],
  ['calibrated_until', 'trouble.calibration_over', 'trouble.calibration_ends'],
];

const k_states: Record<string, [severe: boolean, words: Key]> = {
  Registered: [false, 'trouble.unverified'],
  Suspended: [true, 'trouble.suspended'],
  Revoked: [true, 'trouble.revoked'],
};

/** Of the record at that moment: the end of the work, or now. */
export function troublesOf(record: Instance, at = now()): Trouble[] {
  const found: Trouble[] = [];
  const state = k_states[record.state];
  if (state) found.push({severe: state[0], words: t(state[1])});
  for (const [member, over, soon] of k_ends) {
    const last = record.data[member];
    if (!last) continue;
    const end = Date.parse(`${last}T23:59:59`);
    if (end < at) found.push({severe: true, words: t(over, {day: day(last)})});
    else if (end < at + k_soon_milliseconds) found.push({severe: false, words: t(soon, {day: day(last)})});
  }
  return found;
}
