// A length of time as people say it: its two largest units at most.
import {t} from '../text/text';

const k_minute = 60_000, k_hour = 60 * k_minute, k_day = 24 * k_hour;

export function roughly(milliseconds: number): string {
  const past = Math.max(0, milliseconds);
  if (past < k_hour) return t('time.minutes', {n: Math.floor(past / k_minute)});
  if (past < k_day) return t('time.hours', {n: Math.floor(past / k_hour)});
  return t('time.days', {n: Math.floor(past / k_day)});
}
