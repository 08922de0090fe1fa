// Fetching an instance's evidence bundle with its progress told, and keeping it as a file.
import {Problem} from '../service/client';
import {language} from '../text/text';
import type {Handed} from './handed';
import {type Bytes, joined} from './verify/bytes';

type Progress = (got: number, all: number) => void;

/** @throws Problem */
export async function fetchEvidence(collection: string, id: string, onProgress: Progress): Promise<Handed> {
  const asked = {headers: {'Accept-Language': language()}, cache: 'no-store'} as const;
  const failed = () => {
    throw new Problem(0, 'unreachable', '', '');
  };
  const answer = await fetch(`/api/v1/${collection}/${id}/evidence`, asked).catch(failed);
  if (!answer.ok) {
    const {code = 'unreadable_answer', title = '', detail = '', remedy} = await answer.json().catch(() => ({}));
    throw new Problem(answer.status, code, title, detail, remedy);
  }
  const all = Number(answer.headers.get('Content-Length')) || 0, chunks: Bytes[] = [];
  let got = 0;
  const reader = answer.body!.getReader();
  for (;;) {
    const {done, value} = await reader.read().catch(failed);
    if (done) break;
    chunks.push(value as Bytes);
    onProgress((got += value.length), all);
  }
  return {name: `evidence-${id}.zip`, bytes: joined(...chunks)};
}

export function keepFile({name, bytes}: Handed, type = 'application/zip') {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
