// Photos that were taken without network: kept on this device until the service has them.
import {me} from '../service/session';
import {Problem} from '../service/client';
import {sendPhoto, sha256Of} from '../service/photos';
import {database, k_durable} from './database';

/** Sends the photo, or keeps it when there is no way to the service. @throws Problem */
export async function bringPhoto(photo: Blob, onProgress?: (sent: number, all: number) => void) {
  try {
    return {...(await sendPhoto(photo, onProgress)), waits: false};
  } catch (error) {
    if (!(error instanceof Problem && error.status === 0)) throw error;
    const sha256 = await sha256Of(photo);
    const transaction = (await database()).transaction('photos', 'readwrite', k_durable);
    void transaction.store.put({sha256, account: me()!.id, blob: photo});
    await transaction.done;
    return {sha256, uses: 0, alike: 0, waits: true};
  }
}

export const keptPhotosOf = async (account: string) => (await database()).getAllFromIndex('photos', 'account', account);

/** Of one that the service will never take. */
export const dropPhoto = async (sha256: string) => (await database()).delete('photos', sha256);

/** One that the service refuses stays, with the reason. @throws Problem when there is no way to the service */
export async function sendKeptPhotos(account: string): Promise<void> {
  const db = await database();
  for (const photo of await keptPhotosOf(account)) {
    try {
      await sendPhoto(photo.blob);
      await db.delete('photos', photo.sha256);
    } catch (error) {
      const isRefused = error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 401;
      if (!isRefused) throw error;
      await db.put('photos', {...photo, problem: (error as Problem).title});
    }
  }
}
