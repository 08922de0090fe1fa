// What pages on site show: asked from the service, and kept, so that it is there without network.
import {get, query} from '../service/client';
import {now} from '../service/clock';
import {permitsIn} from '../service/listing';
import {everyRecord} from '../service/records';
import {me} from '../service/session';
import type {Instance, Page, Workflow} from '../service/types';
import {workflow} from '../service/workflows';
import {language} from '../text/text';
import {database} from '../field/database';
import {known, type Known} from '../field/answers';

export type Pack = Record<string, any>;

const k_states = ['InProgress', 'Suspended', 'FireWatch', 'AwaitingAcceptance', 'SiteReady', 'Approved'];
const k_most_prepared = 8; // permits that are kept whole without having been opened

const permitKey = (id: string) => `permit ${me()!.id} ${id}`;

export const knownPermit = (id: string): Promise<Known<Instance>> =>
  known(permitKey(id), () => get<Instance>(`/permits/${id}`, AbortSignal.timeout(8000)));

export const knownWorkflow = async (): Promise<Workflow> =>
  (await known(`workflow ${language()}`, () => workflow('hot_work_permit'))).value;

/** The rules that the permit is judged by; null before it has been submitted. */
export async function knownPack({data}: Instance): Promise<Pack | null> {
  const digest = data.pack?.digest;
  if (!digest) return null;
  return (await known(`pack ${digest}`, () => get<{pack: Pack}>(`/packs/${digest}`))).value.pack;
}

export interface Instrument {
  code: string;
  kind: string;
  calibrated_until: string;
}

export const knownInstruments = async (): Promise<Instrument[]> => (await known(`instruments ${me()!.id}`, async () =>
  (await everyRecord('instruments')).filter(({state}) => state !== 'Revoked')
    .map(({data}) => data as Instrument))).value;

const isOfToday = ({state, data}: Instance) =>
  !['SiteReady', 'Approved'].includes(state) || Date.parse(data.application.starts) < new Date(now()).setHours(24, 0, 0, 0);

/** Permits at work, or that can begin today. */
export const knownList = (): Promise<Known<Instance[]>> => known(`permits ${me()!.id}`, async () => {
  return (await permitsIn(k_states, {})).filter(isOfToday);
});

/** Keeps what the first of them need, for when there is no network where the work is. */
export async function prepare(permits: Instance[]): Promise<void> {
  await knownWorkflow();
  await knownInstruments();
  for (const {id} of permits.slice(0, k_most_prepared)) await knownPack((await knownPermit(id)).value);
}

/** The id of the permit with that notice; null when there is none for the caller. */
export async function permitOfNotice(code: string): Promise<string | null> {
  const answer = await known(`notice ${code}`, async () =>
    (await get<Page>('/permits' + query({notice_code: code, limit: 1}))).items[0]?.id ?? null).catch(() => null);
  return answer?.value ?? keptOfNotice(code);
}

async function keptOfNotice(code: string): Promise<string | null> {
  const kept = await (await database()).getAll('answers', IDBKeyRange.bound(permitKey(''), permitKey('\uffff')));
  return kept.find(({value}) => value.data.notice_code === code)?.value.id ?? null;
}
