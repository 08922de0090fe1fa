// Photos on their way to the service: what is too large is scaled down first, what is no JPEG is made one.
import {hexOf} from '../keys/store';
import {post} from './client';

export interface Photo {
  sha256: string;
  bytes: number;
  width: number;
  height: number;
  claims: {taken_at?: string; longitude?: string; latitude?: string};
  uses: number;
  alike: number;
  display_url: string;
  original_url: string;
}

const k_most_bytes = 12 * 1024 * 1024;
const k_longest_side = 4096; // pixels, of a photo that had to be made anew

export const isTooLarge = (file: Blob) => file.size > k_most_bytes;

/** A JPEG within the limit; the file itself wherever it is one, so that what the camera wrote into it stays. */
export async function fitting(file: Blob): Promise<{photo: Blob; scaled: boolean}> {
  if (file.type === 'image/jpeg' && !isTooLarge(file)) return {photo: file, scaled: false};
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, k_longest_side / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return {photo: await canvas.convertToBlob({type: 'image/jpeg', quality: 0.88}), scaled: true};
}

/** @throws Problem */
export const sendPhoto = (photo: Blob, onProgress?: (sent: number, all: number) => void) =>
  post<Photo>('/photos', {bytes: photo, onProgress});

export const sha256Of = async (blob: Blob) => hexOf(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
