// What the user can do at a permit next: what is due as large buttons, the rest below. A row an event.
import type {Icon} from '../parts/icon';
import {now} from '../service/clock';
import type {Action, EventSpec, Instance, Workflow} from '../service/types';
import type {Forecast} from '../field/projection';
import {checklist, isChecked, isGasGood, isMonitored, wordsOf} from './checklist';
import {watchEnds} from './clocks';
import {nameIn, rolesIn, watchOf} from './part';
import type {Pack} from './sources';

export interface View {
  permit: Forecast;
  workflow: Workflow;
  pack: Pack | null;
  fresh: boolean; // the service says itself what is allowed
  offline: boolean;
}

export interface Step {
  spec: EventSpec;
  action?: Action; // what the service says of it; absent without network
  icon: Icon;
  due: boolean;
  grave: boolean;
  needsNetwork: boolean; // and there is none
  words: string; // more about this one
  payload: Record<string, unknown>; // given already
}

interface Given {
  words?: string;
  payload: Record<string, unknown>;
}

interface Row {
  event: string;
  icon: Icon;
  due: (view: View, me: string) => boolean;
  when?: (view: View, me: string) => boolean; // it makes sense at all
  each?: (view: View, me: string) => Given[]; // one button a thing
  grave?: boolean;
}

const isMeasureOpen = (one: any, me: string) => one.by === me && !one.confirmed_at;
const ready = ({permit, pack}: View) => checklist(permit, pack).every(({done}) => done);

// What the rules stopped ends with what mends it; an order to stop is lifted by who gave it, or a supervisor.
const mayRelease = ({by_rule, role, cause}: any, roles: string[]) => !by_rule && (roles.includes(role) ||
  (role !== 'enforcement' && roles.includes('supervisor')) ||
  (cause === 'inspection' && ['grid_worker', 'inspector', 'enforcement'].some((one) => roles.includes(one))));

const rows: Row[] = [
  {event: 'take_over_watch', icon: 'watch', due: ({permit}, me) => permit.data.watch?.next === me},
  {event: 'watch_checked_in', icon: 'place', due: () => true,
    when: ({permit}, me) => !permit.data.watch?.on_site && watchOf(permit) === me},
  {event: 'briefing_accepted', icon: 'shield', due: () => true,
    when: ({permit}, me) => !permit.data.briefing?.[me]},
  {event: 'confirm_site', icon: 'shield', due: () => true},
  {event: 'measure_confirmed', icon: 'check', due: () => true,
    each: ({permit, pack}, me) => (permit.data.measures ?? [])
    .filter((one: any) => isMeasureOpen(one, me))
    .map(({code}: any) => ({words: `${code} ${wordsOf(pack?.measures, code)}`, payload: {code}}))},
  {event: 'gas_test', icon: 'gas', due: ({permit, pack}) => !isGasGood(permit, pack)},
  {event: 'gas_readings', icon: 'chart', due: ({permit}) => !isMonitored(permit),
    when: ({permit}) => !!permit.data.site_rules?.gas_continuous},
  {event: 'pre_start_check', icon: 'inspect', due: ({permit, pack}) => !isChecked(permit, pack),
    when: ({permit}, me) => permit.data.application.person_in_charge === me || rolesIn(permit).includes('site_owner')},
  {event: 'start', icon: 'play', due: ready},
  {event: 'resume', icon: 'play', due: ready},
  {event: 'round', icon: 'camera', due: ({permit}) => !!permit.data.watch?.on_site},
  {event: 'finish', icon: 'check', due: ({permit}) => permit.state === 'InProgress'},
  {event: 'complete_watch', icon: 'check', due: ({permit}) => Date.parse(watchEnds(permit) ?? '') <= now()},
  {event: 'accept', icon: 'check', due: () => true},
  {event: 'release_hold', icon: 'play', due: () => true, each: ({permit}) => (permit.data.holds ?? [])
    .filter((hold: any) => mayRelease(hold, rolesIn(permit)))
    .map(({number, reason, cause}: any) => ({words: reason ?? cause, payload: {hold: number}}))},
  {event: 'suspend', icon: 'pause', due: () => false, grave: true},
  {event: 'revalidate', icon: 'check', due: () => false},
  {event: 'hand_over_watch', icon: 'people', due: () => false},
  {event: 'hand_over_shift', icon: 'people', due: () => false},
  {event: 'watch_checked_out', icon: 'back', due: () => false, grave: true},
];

/** By the service's word where it is fresh, else by what its description of the workflow says. */
function isPossible(view: View, spec: EventSpec, roles: string[], action?: Action): boolean {
  if (action) return action.allowed;
  return spec.roles.some((role) => roles.includes(role)) && view.workflow.transitions.some(
    ({from, event}) => from === view.permit.state && event === spec.name);
}

function stepsOf(view: View, row: Row, me: string, roles: string[]): Step[] {
  const spec = view.workflow.events.find(({name}) => name === row.event);
  if (!spec) return [];
  const action = actionOf(view, row.event);
  if (!isPossible(view, spec, roles, action) || row.when?.(view, me) === false) return [];
  const given = row.each ? row.each(view, me) : [{payload: {}}];
  return given.map(({words = '', payload}) => ({spec, action, icon: row.icon, due: row.due(view, me), words, payload,
    grave: !!row.grave, needsNetwork: view.offline && !spec.field}));
}

/** Null where what waits on this device has changed what the service knew. */
const actionOf = ({permit, fresh}: View, event: string): Action | undefined =>
  fresh && !permit.waiting ? permit.actions?.find((action) => action.event === event) : undefined;

export function steps(view: View): Step[] {
  const me = nameIn(view.permit), roles = rolesIn(view.permit);
  return rows.flatMap((row) => stepsOf(view, row, me, roles));
}

const k_beginnings: Record<string, string> = {SiteReady: 'start', Approved: 'start', Suspended: 'resume'};

/** Work is what the user begins, and it cannot begin yet: the event, and what the service says against it. */
export function blocked(view: View): {spec: EventSpec; action?: Action} | null {
  const name = k_beginnings[view.permit.state];
  const spec = view.workflow.events.find((event) => event.name === name);
  if (!spec || !spec.roles.some((role) => rolesIn(view.permit).includes(role))) return null;
  const action = actionOf(view, spec.name);
  const isReady = action ? action.allowed : ready(view);
  return isReady ? null : {spec, action};
}

export const isOnSite = ({state}: Instance) =>
  ['Approved', 'SiteReady', 'InProgress', 'Suspended', 'FireWatch', 'AwaitingAcceptance'].includes(state);
