// The newest version of each permit that this device has heard of. A page may be behind it when it could not be asked
// for again, and what was recorded before must not be taken for what is sent next.
import {database} from './database';

const keyOf = (permit: string) => `version ${permit}`;

export const versionHeardOf = async (permit: string): Promise<number> =>
  (await (await database()).get('answers', keyOf(permit)))?.value ?? 0;

export async function hearVersion(permit: string, version: number): Promise<void> {
  const transaction = (await database()).transaction('answers', 'readwrite');
  const before = (await transaction.store.get(keyOf(permit)))?.value ?? 0;
  if (version > before) void transaction.store.put({value: version, at: Date.now()}, keyOf(permit));
  await transaction.done;
}
