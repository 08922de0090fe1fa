// The unit's earlier permits: what can be applied for again, for whom work was done, which measures were taken.
import {get} from '../service/client';
import type {Instance, Page} from '../service/types';
import {kept} from './drafts';
import type {Owner} from './owners';

const k_looked_at = 100;

export const earlierPermits = async (): Promise<Instance[]> =>
  (await kept('permits', () => get<Page>(`/permits?limit=${k_looked_at}`))).items;

const firstOfEach = <T>(all: T[], key: (one: T) => string) => {
  const seen = new Set<string>();
  return all.filter((one) => !seen.has(key(one)) && seen.add(key(one)));
};

// What was erased has no application any more.
const whole = (permits: Instance[]) => permits.filter(({data}) => data.application);

/** One of each kind of work at each place, the newest first. */
export const templates = (permits: Instance[]) =>
  firstOfEach(whole(permits), ({data: {application}}) => `${application.work}\n${application.place?.address}`);

export const ownersOf = (permits: Instance[]): Owner[] =>
  firstOfEach(whole(permits), ({data}) => data.application.owner_unit).map(({data, labels}) =>
    ({key: data.application.owner_unit, name: String(labels?.owner_unit ?? data.application.owner_unit)}));

/** Those of the last permit with that method. */
export function usualMeasures(permits: Instance[], method: string): {code: string}[] {
  const last = permits.find(({data}) => data.application?.method === method);
  return (last?.data.application.measures ?? []).map(({code}: {code: string}) => ({code}));
}
