// The user's part in a permit: under which name they stand in it, and in which roles.
import {grantsOf, me} from '../service/session';
import type {Instance} from '../service/types';

export const watchOf = ({data}: Instance): string => data.watch?.person ?? data.application.fire_watch;
export const personName = ({data}: Instance, name: string): string => data.people?.[name]?.name ?? name;

/** "p3", as the service knows it: two people may have the same name. "" for who is not named in it. */
export const nameIn = ({data}: Instance): string => data.me ?? '';

const ofUnit = (role: string, unit: string) => grantsOf(role).some((grant) => grant.unit === unit);

export function rolesIn(permit: Instance): string[] {
  const {application, watch} = permit.data;
  const name = nameIn(permit);
  const fits: Record<string, boolean> = {
    applicant: ofUnit('applicant', application.unit),
    site_owner: ofUnit('site_owner', application.owner_unit),
    operator: grantsOf('operator').length > 0 && application.operators.includes(name),
    fire_watch: grantsOf('fire_watch').length > 0 && !!name && [watchOf(permit), watch?.next].includes(name),
  };
  const others = me()!.grants.map(({role}) => role).filter((role) => !(role in fits));
  return [...Object.keys(fits).filter((role) => fits[role]), ...others];
}
