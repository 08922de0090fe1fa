// What must be in place before work begins or goes on, each with who sees to it; it ticks itself off.
import {now} from '../service/clock';
import type {Finding} from '../service/client';
import type {Instance} from '../service/types';
import {listed, maybe, pick, t} from '../text/text';
import {clock, moment} from '../text/time';
import {checkUntil, gasUntil} from './clocks';
import {personName, watchOf} from './part';
import type {Pack} from './sources';

export interface Item {
  code: string;
  words: string;
  done: boolean;
  note: string; // who, or until when
}

const isSoon = (time: number) => time - now() < 12 * 3600_000;
const until = (time: number) =>
  (Number.isNaN(time) ? '' : t('site.until', {time: isSoon(time) ? clock(time) : moment(time)}));

/** The words of a measure or of an item of a list of the pack. */
export const wordsOf = (list: any[] | undefined, code: string): string =>
  pick(list?.find((one) => one.code === code) ?? {}, code);

export const isMonitored = ({data}: Instance): boolean => !data.site_rules?.gas_continuous ||
  Date.parse(data.gas_monitoring?.until) + data.site_rules.gas_continuous_gap_minutes * 60_000 > now();

export const isGasGood = (permit: Instance, pack: Pack | null): boolean =>
  !permit.data.site_rules?.gas_required || gasUntil(permit, pack) > now();

export const isChecked = (permit: Instance, pack: Pack | null): boolean =>
  checkUntil(permit, pack) > now() && !permit.data.pre_start.differs?.length;

export function checklist(permit: Instance, pack: Pack | null): Item[] {
  const {data} = permit;
  const names = (list: string[]) => listed(list.map((name) => personName(permit, name)));
  const rules = data.site_rules ?? {};
  return [
    {code: 'consent', words: t('site.check.consent'), done: !!data.consent, note: t('role.site_owner')},
    {code: 'site_confirmed', words: t('site.check.site'), done: !!data.site_confirmed, note: t('role.supervisor')},
    {code: 'watch', words: t('site.check.watch'), done: !!data.watch?.on_site, note: names([watchOf(permit)])},
    ...(data.measures ?? []).map((one: any) => ({code: one.code,
      words: `${one.code} ${wordsOf(pack?.measures, one.code)}`, done: !!one.confirmed_at, note: names([one.by])})),
    ...data.application.operators.map((name: string) => ({code: `briefing ${name}`, words: t('site.check.briefing'),
      done: !!data.briefing?.[name], note: names([name])})),
    ...(rules.gas_required ? [{code: 'gas', words: t('site.check.gas'), done: isGasGood(permit, pack),
      note: until(gasUntil(permit, pack)) || names([watchOf(permit)])}] : []),
    ...(rules.gas_continuous ? [{code: 'monitoring', words: t('site.check.monitoring'), done: isMonitored(permit),
      note: names([watchOf(permit)])}] : []),
    ...(data.started ? [] : [{code: 'pre_start', words: t('site.check.pre_start'), done: isChecked(permit, pack),
      note: until(checkUntil(permit, pack)) || names([data.application.person_in_charge])}]),
    ...(data.holds ?? []).filter((hold: any) => !hold.by_rule).map((hold: any) => ({code: `hold ${hold.number}`,
      done: false, words: t('site.check.hold', {cause: hold.reason || maybe(`option.${hold.cause}`, hold.cause)}), note: ''})),
  ];
}

// What the list above already says, in the words of the rules.
const k_listed = ['fire_watch_absent', 'watch_absent', 'measure_unconfirmed', 'briefing_missing', 'gas_test_missing',
  'gas_test_stale', 'pre_start_check_missing', 'site_differs_from_permit', 'consent_missing', 'site_unconfirmed',
  'gas_monitoring_missing', 'holds_remain', 'wrong_state', 'role_required'];

/** What else stands in the way, as the service says it. */
export const otherReasons = (reasons: Finding[]): Finding[] => reasons.filter(({code}) => !k_listed.includes(code));
