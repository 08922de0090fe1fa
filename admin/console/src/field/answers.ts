// What the service answered, kept for work without network: asked anew whenever it can be reached.
import {Problem} from '../service/client';
import {now} from '../service/clock';
import {database, type KeptAnswer} from './database';

/** Nothing that the user did wrong: there is no way to the service now, or it is ill. */
export const isUnreachable = (error: unknown) =>
  error instanceof Problem && (error.status === 0 || error.status >= 502);

export interface Known<T> {
  value: T;
  at: number;
  fresh: boolean; // of now, not kept from an earlier time
}

/** @throws Problem; unreachable only when nothing was kept */
export async function known<T>(key: string, ask: () => Promise<T>): Promise<Known<T>> {
  try {
    const value = await ask();
    await keepAnswer(key, value);
    return {value, at: now(), fresh: true};
  } catch (error) {
    const kept = isUnreachable(error) ? await keptAnswer(key) : undefined;
    if (!kept) throw error;
    return {...kept, fresh: false};
  }
}

export const keptAnswer = async (key: string): Promise<KeptAnswer | undefined> =>
  (await database()).get('answers', key);

export async function keepAnswer(key: string, value: unknown): Promise<void> {
  await (await database()).put('answers', {value, at: now()}, key);
}
