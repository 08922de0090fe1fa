// Whether this device can sign for the account now: its key must be there, and endorsed.
import {me} from '../service/session';
import {ringOf} from './enrol';
import {deviceKey} from './store';

export type Standing = 'none' | 'pending' | 'active';

let active = ''; // the last key that was found to be active: it is not asked about again

export async function keyStanding(): Promise<Standing> {
  const key = await deviceKey(me()!.id);
  if (!key) return 'none';
  if (active === key.kid) return 'active';
  const ring = await ringOf(me()!.person).catch(() => null);
  const known = (ring?.data.keys as {kid: string; state: string}[] | undefined)?.find(({kid}) => kid === key.kid);
  if (known?.state === 'ended') return 'none';
  if (known?.state === 'pending') return 'pending';
  active = key.kid; // without network it is tried: the service has the last word
  return 'active';
}
