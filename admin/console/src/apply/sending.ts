// From the draft to the service: made or amended, then submitted; each step can be repeated after a lost answer.
import {get} from '../service/client';
import {send} from '../service/send';
import type {Instance, Receipt} from '../service/types';
import {type Application, type Draft, dropDraft, isNew, keepDraft} from './drafts';

/** The draft as the service has it now. @throws Problem */
export async function store(draft: Draft, body: Application): Promise<{draft: Draft; receipt: Receipt}> {
  const receipt = await send(isNew(draft)
    ? {collection: 'permits', event: 'create', payload: body}
    : {collection: 'permits', id: draft.id, event: 'amend', payload: body, version: draft.version}, draft.key);
  const stored = {...draft, id: receipt.id, version: receipt.version, key: crypto.randomUUID()};
  await keepDraft(stored);
  if (stored.id !== draft.id) await dropDraft(draft.id);
  return {draft: stored, receipt};
}

/** What is under review already goes on by itself once it is amended. @throws Problem */
export async function submit({draft, receipt}: {draft: Draft; receipt: Receipt}): Promise<void> {
  if (receipt.state === 'Draft') {
    await send({collection: 'permits', id: draft.id, event: 'submit', payload: {}, version: draft.version});
  }
  await dropDraft(draft.id);
}

export const permitOf = (id: string) => get<Instance>(`/permits/${id}`);
