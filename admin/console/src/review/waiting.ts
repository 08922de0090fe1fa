// What waits for the reader's own decision, and since when.
import type {Permit} from '../service/permits';

/** Events by which supervisors and owners decide; the first that is allowed is what the permit waits for. */
export const k_decisions = ['qualify', 'consent', 'approve', 'confirm_site', 'accept', 'settle_conflict'];

/** States in which somebody who decides may be waited for. */
export const k_queued = ['QualificationCheck', 'UnderReview', 'Approved', 'AwaitingAcceptance'];

export const decisionOf = (permit: Permit) =>
  k_decisions.map((event) => permit.actions?.find((action) => action.event === event && action.allowed))
    .find((action) => action !== undefined);

/** The newest of what it has been waiting since. */
export function waitingSince({data, at}: Permit): string {
  const times = [data.states?.at(-1)?.since, data.consent?.at, data.approvals?.at(-1)?.at]
    .filter((time): time is string => !!time);
  return times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? at;
}
