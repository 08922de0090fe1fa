// What the steps need, loaded together; each part also from this device when there is no network.
import {Problem} from '../service/client';
import type {Instance, Schema} from '../service/types';
import {eventSpec, resolve} from '../service/workflows';
import {pick} from '../text/text';
import {applicationOf} from './application';
import {type Draft, draftOf, kept, newDraft} from './drafts';
import {earlierPermits, ownersOf} from './earlier';
import {type Owner, ownersIn, together} from './owners';
import {type Pack, packIds, packOf} from './pack';
import {memberOf, type PathFinding} from './preview';
import {type Registers, registers} from './registers';
import {permitOf} from './sending';
import {stepOf} from './steps';

export interface Loaded {
  draft: Draft;
  permit: Instance | null; // that is being amended
  findings: PathFinding[]; // of its last judgement
  schema: Schema;
  pack: Pack;
  registers: Registers;
  permits: Instance[];
  owners: Owner[];
}

// What came back is opened where the first finding is.
async function amended(id: string, permit: Instance, people: Instance[]): Promise<Draft> {
  const mine = await draftOf(id);
  const [first] = permit.state === 'Returned' ? findingsOf(permit) : [];
  const step = first ? stepOf(memberOf(first.path)) : 0;
  return mine ?? {...newDraft(await applicationOf(permit, people)), id, version: permit.version, step};
}

async function draftFor(id: string, permit: Instance | null, people: Instance[]): Promise<Draft> {
  const found = permit ? await amended(id, permit, people) : await draftOf(id);
  if (!found) throw new Problem(0, 'draft_gone', '', '');
  return found;
}

// Which member a stored finding is about, by the beginning of its code.
const k_paths: [beginning: string, path: string][] = [['certificate_', '/operators'], ['operator_', '/operators'],
  ['machine_', '/machines'], ['fire_watch_', '/fire_watch'], ['window_', '/ends'], ['wind_', '/wind_force']];

// Findings of a permit's own record carry both languages.
export function findingsOf(permit: Instance | null): PathFinding[] {
  return (permit?.data.qualification?.findings ?? []).map((finding: any) => ({
    ...finding,
    title: pick(finding.title), remedy: pick(finding.remedy),
    subject: permit!.data.people?.[finding.subject]?.name ?? finding.subject,
    path: k_paths.find(([beginning]) => finding.code.startsWith(beginning))?.[1],
  }));
}

/** @throws Problem */
export async function load(id: string): Promise<Loaded> {
  const is_new = id.startsWith('new-');
  const [permit, spec, ids, found, permits] = await Promise.all([
    is_new ? null : kept(`permit ${id}`, () => permitOf(id)),
    kept('create', () => eventSpec('hot_work_permit', 'create')), packIds(), registers(), earlierPermits()]);
  const draft = await draftFor(id, permit, found.person);
  const body = spec.payload_schema;
  const owners = together(ownersOf(permits), await ownersIn(draft.value.area));
  const pack = await packOf(draft.value.pack ?? permit?.data.pack?.id ?? ids[0]);
  const schema = {...resolve(body, body), definitions: body.definitions};
  return {draft, permit, findings: findingsOf(permit), schema, pack, registers: found, permits, owners};
}
