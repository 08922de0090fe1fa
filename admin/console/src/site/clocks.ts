// Everything that runs out at a permit: until when, as the service's timers count it.
import type {Instance} from '../service/types';
import type {Key} from '../text/text';
import type {Pack} from './sources';

export interface Clock {
  name: Key;
  until: number;
}

const k_minute = 60_000;
const time = (text?: string) => (text ? Date.parse(text) : NaN);

/** A figure of the pack for the permit's grade; undefined when the pack has none. */
export function figure(pack: Pack | null, name: string, grade: string): any {
  const found = pack?.params?.[name];
  return found?.value ?? found?.by_grade?.[grade];
}

export const watchEnds = ({data}: Instance): string | undefined =>
  data.watch?.monitoring_ends_at ?? data.watch?.ends_at;

// Rounds are counted from the last of these.
function roundDue({data, state}: Instance): number {
  const rules = data.site_rules ?? {};
  const monitors = state === 'FireWatch' && !!data.watch?.monitoring_ends_at;
  const minutes = (monitors ? rules.monitoring_round_minutes : rules.round_interval_minutes) ?? 0;
  const since = [data.rounds?.last_at, data.started?.at, data.resumed_at, data.work_ended_at, data.watch?.since,
    data.watch?.counted_from].filter(Boolean).map(time);
  return minutes && since.length ? Math.max(...since) + minutes * k_minute : NaN;
}

/** Until when the gas test lets work begin, or go on; NaN without a test. */
export function gasUntil({data, state}: Instance, pack: Pack | null): number {
  const sampled = time(data.gas?.sampled_at);
  const fresh = figure(pack, 'gas_fresh_minutes', data.grade) * k_minute;
  const repeat = (data.site_rules?.gas_repeat_hours ?? 24) * 60 * k_minute;
  const isBegun = state === 'InProgress' || state === 'Suspended';
  return sampled + (isBegun || !fresh ? repeat : fresh);
}

export const checkUntil = ({data}: Instance, pack: Pack | null): number =>
  time(data.pre_start?.at) + (figure(pack, 'pre_start_fresh_minutes', data.grade) ?? 30) * k_minute;

const monitoringUntil = ({data}: Instance): number => (data.site_rules?.gas_continuous
  ? time(data.gas_monitoring?.until) + data.site_rules.gas_continuous_gap_minutes * k_minute : NaN);

type Row = [name: Key, states: string[], until: (permit: Instance, pack: Pack | null) => number];

const k_before = ['Approved', 'SiteReady'];
const rows: Row[] = [
  ['site.clock.watch', ['FireWatch'], (permit) => time(watchEnds(permit))],
  ['site.clock.round', ['InProgress', 'FireWatch'], roundDue],
  ['site.clock.gas', [...k_before, 'InProgress', 'Suspended'], gasUntil],
  ['site.clock.monitoring', ['InProgress'], monitoringUntil],
  ['site.clock.check', k_before, checkUntil],
  ['site.clock.window', [...k_before, 'InProgress', 'Suspended'], ({data}) => time(data.application.ends)],
];

/** The most pressing one first; after work the watch's end stands above all. */
export function clocksOf(permit: Instance, pack: Pack | null): Clock[] {
  const clocks = rows.filter(([, states]) => states.includes(permit.state))
    .map(([name, , until]) => ({name, until: until(permit, pack)})).filter(({until}) => !Number.isNaN(until));
  const rank = ({name, until}: Clock) => (name === 'site.clock.watch' ? 0 : until);
  return clocks.sort((a, b) => rank(a) - rank(b));
}
