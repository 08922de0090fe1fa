// Sheets that are being written on site, kept on this device until what they say is sent, or waits to be.
import {now} from '../service/clock';
import {me} from '../service/session';
import {database, type KeptAnswer} from './database';

const k_longest_milliseconds = 12 * 3600_000; // what another shift began is nobody's

/** `about`: what the event is given already, where there is a sheet for each. */
export interface Sheet {
  permit: string;
  event: string;
  about: Record<string, unknown>;
}

const keyOf = ({permit, event, about}: Sheet) => `sheet ${me()!.id} ${permit} ${event} ${JSON.stringify(about)}`;

export async function keepSheet(sheet: Sheet, value: Record<string, unknown>): Promise<void> {
  await (await database()).put('answers', {value, at: now()}, keyOf(sheet));
}

export async function keptSheet(sheet: Sheet): Promise<KeptAnswer | undefined> {
  const kept = await (await database()).get('answers', keyOf(sheet));
  return kept && now() - kept.at < k_longest_milliseconds ? kept : undefined;
}

export const dropSheet = async (sheet: Sheet) => (await database()).delete('answers', keyOf(sheet));
