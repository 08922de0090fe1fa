// Whose places lie in an area, by name: the contractor may not read those units, but has to name one.
import {get, query} from '../service/client';
import {kept} from './drafts';

export interface Owner {
  key: string; // credit code
  name: string;
}

export async function ownersIn(area: string | undefined): Promise<Owner[]> {
  if (!area) return [];
  const ask = () => get<{items: {credit_code: string; name: string}[]}>(`/owners${query({area})}`);
  const {items} = await kept(`owners ${area}`, ask);
  return items.map(({credit_code, name}) => ({key: credit_code, name}));
}

/** Each once; of two with the same code the later, which has the name from the register. */
export const together = (...lists: Owner[][]): Owner[] =>
  [...new Map(lists.flat().map((owner) => [owner.key, owner])).values()];
