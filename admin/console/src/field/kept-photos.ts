// Photos on their way: on this device before anything of them is sent, and until the service has them.
import {me} from '../service/session';
import {Problem} from '../service/client';
import {sendPhoto, sha256Of} from '../service/photos';
import {database, k_durable} from './database';
import {tellQueue} from './queue';

// Of what another attempt may mend: no sign-in, too slow, too many.
const k_passing = [401, 408, 429];

const isRefused = (error: unknown): error is Problem =>
  error instanceof Problem && error.status >= 400 && error.status < 500 && !k_passing.includes(error.status);

const underway = new Set<string>(); // a form's own: shown there with their progress, and not sent twice at a time

/** Sends the photo; it waits on this device when the service has not taken it, nor refused it. @throws Problem */
export async function bringPhoto(photo: Blob, onProgress?: (sent: number, all: number) => void) {
  const sha256 = await sha256Of(photo);
  underway.add(sha256);
  const isKept = await keepPhoto(sha256, photo).then(() => true, () => false); // a disk that is full stops no sending
  try {
    const sent = await sendPhoto(photo, onProgress);
    await dropPhoto(sha256);
    return {...sent, waits: false};
  } catch (error) {
    if (isRefused(error)) await dropPhoto(sha256);
    if (!isKept || isRefused(error) || !(error instanceof Problem)) throw error;
    return {sha256, uses: 0, alike: 0, waits: true};
  } finally {
    underway.delete(sha256);
    tellQueue();
  }
}

async function keepPhoto(sha256: string, blob: Blob): Promise<void> {
  const transaction = (await database()).transaction('photos', 'readwrite', k_durable);
  void transaction.store.put({sha256, account: me()!.id, blob}).catch(() => undefined); // `done` tells it too
  await transaction.done;
}

export const keptPhotosOf = async (account: string) => (await database()).getAllFromIndex('photos', 'account', account);

export const keptPhoto = async (sha256: string) => (await database()).get('photos', sha256);

/** Of one that the service has, or will never take. */
export const dropPhoto = async (sha256: string) => (await database()).delete('photos', sha256);

/** One that the service refuses stays, with the reason. @throws Problem when there is no way to the service */
export async function sendKeptPhotos(account: string): Promise<void> {
  for (const photo of await keptPhotosOf(account)) {
    if (underway.has(photo.sha256)) continue;
    try {
      await sendPhoto(photo.blob, () => {}); // with its progress watched: one that stalls must not hold up the rest
      await dropPhoto(photo.sha256);
    } catch (error) {
      if (!isRefused(error)) throw error;
      await (await database()).put('photos', {...photo, problem: error.title});
    }
  }
}

/** Whether any waits that may still be taken. */
export const photosWait = async (account: string) => (await keptPhotosOf(account)).some(({problem}) => !problem);
