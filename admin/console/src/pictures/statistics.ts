// What the service counts, by day.
import {get, query} from '../service/client';
import {now} from '../service/clock';

export const k_counted = ['submitted', 'approved', 'rejected', 'returned', 'started', 'suspended', 'expired', 'revoked',
  'withdrawn', 'closed'] as const;
export type Counts = Record<(typeof k_counted)[number], number>;

export interface Statistics {
  from: string;
  until: string;
  area: {code: string; name: string} | null;
  days: ({day: string} & Counts)[];
  totals: Counts & {by_grade: Record<string, Partial<Counts>>};
  decision_hours: {count: number; median: number | null; p90: number | null} | null;
  in_time: {count: number; in_time: number; share: number | null};
  live: {by_state: Record<string, number>; by_grade: Record<string, Record<string, number>>};
  violations: Record<string, number>;
  areas: {code: string; name: string; totals: Counts; live: number; violations: number}[];
}

const dayText = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
export const daysAgo = (days: number, from = new Date(now())) => dayText(new Date(from.getTime() - days * 86_400_000));

export const statistics = (from: string, until: string, area: string, signal?: AbortSignal) =>
  get<Statistics>('/statistics' + query({from, until, area}), signal);

const k_weeks = 8;

export interface Week {
  from: string;
  median: number | null;
  p90: number | null;
  share: number | null;
}

/** How quickly was decided, week by week, the newest last. */
export async function timeliness(until: string, area: string, signal?: AbortSignal): Promise<Week[]> {
  const end = new Date(`${until}T12:00`);
  return Promise.all(Array.from({length: k_weeks}, async (_, n) => {
    const [from, to] = [daysAgo(7 * (k_weeks - n) - 1, end), daysAgo(7 * (k_weeks - n - 1), end)];
    const {decision_hours, in_time} = await statistics(from, to, area, signal);
    return {from, median: decision_hours?.median ?? null, p90: decision_hours?.p90 ?? null, share: in_time.share};
  }));
}
