// One way for each event on site: sent at once where there is network, recorded and signed on this device where not.
import {ask, get, Problem} from '../service/client';
import {now} from '../service/clock';
import {newKey, send} from '../service/send';
import {me} from '../service/session';
import type {EventSpec, Instance, Receipt} from '../service/types';
import {isUnreachable} from './answers';
import {takeMark} from './marks';
import {isOpen, itemsOf} from './queue';
import {record} from './recorder';
import {flush} from './sender';
import {hearVersion, versionHeardOf} from './versions';

export interface Deed {
  permit: Instance;
  spec: EventSpec;
  payload: (wall: number) => Record<string, unknown>; // its times are as of the clock that is shown to it
  sign: boolean;
}

const k_patience_milliseconds = 4000; // to find out whether there is network
const k_answer_milliseconds = 20_000;
const k_second = 1000; // the service's clock is known to a second

/** "kept": on this device. @throws Problem as the service refuses it, NotReady, NoKey */
export async function act(deed: Deed): Promise<'sent' | 'kept'> {
  const {permit, spec} = deed;
  const version = spec.field ? await versionToActOn(permit) : permit.version;
  if (version === null) return keep(deed);
  const tried = Math.max(version, await versionHeardOf(permit.id)); // asked before: what is sent now comes after it
  try {
    await sendOn(deed, version);
    return 'sent';
  } catch (error) {
    if (!spec.field || !isUnreachable(error)) throw error;
    return keep(deed, tried);
  }
}

/** Null: the service is out of reach, or something still waits that comes before this. */
async function versionToActOn(permit: Instance): Promise<number | null> {
  if (!navigator.onLine) return null;
  try {
    await takeMark(k_patience_milliseconds);
    if (!(await mine()).some(isOpen)) return permit.version;
    await flush();
    if ((await mine()).some(({standing}) => standing === 'waiting')) return null;
    return (await get<Instance>(`/permits/${permit.id}`)).version; // what was just sent made it newer
  } catch (error) {
    if (isUnreachable(error)) return null;
    throw error;
  }
}

const mine = () => itemsOf(me()!.id);

// Several people work at a permit, and each records what they do: that is no reason to ask again. That it stands
// otherwise than was seen, is.
async function sendOn(deed: Deed, version: number): Promise<void> {
  try {
    await sendNow(deed, version);
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'version_mismatch')) throw error;
    const newer = await get<Instance>(`/permits/${deed.permit.id}`);
    if (newer.state !== deed.permit.state) throw error;
    await sendNow(deed, newer.version);
  }
}

async function sendNow({permit, spec, payload, sign}: Deed, seen: number): Promise<void> {
  const version = spec.fact ? undefined : seen;
  const body = payload(now() - k_second);
  if (sign) {
    const receipt = await send({collection: 'permits', id: permit.id, event: spec.name, payload: body, version, sign});
    return hearVersion(permit.id, receipt.version);
  }
  const {data} = await ask<Receipt>('POST', `/permits/${permit.id}/${spec.name}`,
    {body, version, key: newKey(), signal: AbortSignal.timeout(k_answer_milliseconds)});
  await hearVersion(permit.id, data.version);
}

async function keep({permit, spec, payload}: Deed, tried?: number): Promise<'kept'> {
  await record({permit, event: spec.name, label: spec.label, payload, tried});
  return 'kept';
}
