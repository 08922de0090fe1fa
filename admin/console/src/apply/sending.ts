// From the draft to the service: made or amended, then submitted; each step can be repeated after a lost answer.
import {get} from '../service/client';
import {newKey, send} from '../service/send';
import type {Instance, Receipt} from '../service/types';
import {type Application, type Draft, dropDraft, isNew} from './drafts';

/** Made, or amended. @throws Problem */
export const store = (draft: Draft, body: Application): Promise<Receipt> => send(isNew(draft)
  ? {collection: 'permits', event: 'create', payload: body}
  : {collection: 'permits', id: draft.id, event: 'amend', payload: body, version: draft.version}, draft.key);

/** The draft as of what the service has now; what was written in it meanwhile stays. */
export const asStored = (draft: Draft, {id, version, state}: Receipt): Draft =>
  ({...draft, id, version, key: newKey(), submitKey: state === 'Draft' ? newKey() : undefined});

/** What is under review already goes on by itself once it is amended. @throws Problem */
export async function submit({id, version, submitKey}: Draft): Promise<void> {
  if (submitKey) await send({collection: 'permits', id, event: 'submit', payload: {}, version}, submitKey);
  await dropDraft(id);
}

export const permitOf = (id: string) => get<Instance>(`/permits/${id}`);
