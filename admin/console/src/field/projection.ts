// The permit as it will be once what waits on this device has arrived: so that work goes on without network. It is a
// forecast; what the service makes of it is shown when it has answered.
import type {Instance, Workflow} from '../service/types';
import type {Item} from './database';
import {isOpen} from './queue';

type Data = Record<string, any>;
type Fold = (data: Data, payload: any, at: string, me: string, wall: string) => void;

const stamp = (member: string): Fold => (data, _, at, me) => (data[member] = {by: me, at});
const watchIs = (on_site: boolean): Fold => (data, _, at) =>
  (data.watch = {...data.watch, on_site, ...(on_site && !data.watch?.on_site ? {since: at} : {})});

const folds: Record<string, Fold> = {
  watch_checked_in: watchIs(true),
  watch_checked_out: watchIs(false),
  take_over_watch: (data, _, at, me) => (data.watch = {on_site: true, since: at, person: me}),
  measure_confirmed: (data, {code}, at, me) => (data.measures = data.measures?.map((one: any) =>
    one.code === code ? {...one, confirmed_at: at, confirmed_by: me} : one)),
  briefing_accepted: (data, _, at, me) => (data.briefing = {...data.briefing, [me]: at}),
  gas_test: (data, payload, at, me, wall) => {
    const age = Date.parse(wall) - Date.parse(payload.sampled_at);
    data.gas = {...payload, at, by: me, sampled_at: new Date(Date.parse(at) - age).toISOString()};
  },
  gas_readings: (data, payload, at) => (data.gas_monitoring = {...payload, until: at}),
  pre_start_check: (data, {items}, at, me) => (data.pre_start = {at, by: me,
    differs: items.filter((item: any) => !item.as_permitted).map((item: any) => item.code)}),
  round: (data, _, at) => (data.rounds = {...data.rounds, count: (data.rounds?.count ?? 0) + 1, last_at: at}),
  start: stamp('started'),
  resume: (data, _, at) => {
    data.resumed_at = at;
    data.holds = [];
    delete data.suspended_at;
  },
  suspend: (data, _, at) => (data.suspended_at ??= at),
  finish: (data, _, at) => {
    data.work_ended_at = at;
    const minutes = data.site_rules?.watch_minutes ?? 0;
    const ends_at = new Date(Date.parse(at) + minutes * 60_000).toISOString();
    if (data.watch?.on_site) data.watch = {...data.watch, counted_from: at, ends_at};
  },
  revalidate: stamp('validated'),
};

export interface Forecast extends Instance {
  waiting: number; // events of this permit that are only here
}

export function forecast(permit: Instance, items: Item[], me: string, {transitions, states}: Workflow): Forecast {
  const own = items.filter((item) => isOpen(item) && item.claim.permit === permit.id);
  const data = structuredClone(permit.data);
  let state = permit.state;
  for (const {claim, made} of own) {
    folds[claim.event]?.(data, claim.payload, new Date(made).toISOString(), me, claim.wall);
    state = transitions.find(({from, event}) => from === state && event === claim.event)?.to ?? state;
  }
  const label = states.find(({name}) => name === state)?.label ?? state;
  return {...permit, data, state, state_label: label, waiting: own.length};
}
