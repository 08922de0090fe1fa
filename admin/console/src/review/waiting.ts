// What waits for the reader's own decision, and since when.
import {firstDue, type Permit} from '../service/permits';

/** Events by which supervisors and owners decide; the first that is allowed is what the permit waits for. */
export const k_decisions = ['qualify', 'consent', 'approve', 'confirm_site', 'accept', 'settle_conflict',
  'release_hold'];
/** Of these the page shows what each is about, with a form beside it. */
export const k_beside = ['settle_conflict', 'release_hold'];

/** States in which somebody who decides may be waited for. */
const k_waiting = ['QualificationCheck', 'UnderReview', 'Approved', 'AwaitingAcceptance'];
/** … and where work goes on, if the field told something that was refused, or somebody holds it. */
export const k_queued = [...k_waiting, 'SiteReady', 'InProgress', 'Suspended', 'FireWatch'];

const isDoubtful = ({conflicts, data}: Permit) => !!data.holds?.length || !!conflicts?.some(({settled}) => !settled);
export const isQueued = (permit: Permit) =>
  k_waiting.includes(permit.state) || (k_queued.includes(permit.state) && isDoubtful(permit));

const k_before_work = ['QualificationCheck', 'UnderReview', 'Approved'];
export const isBeforeWork = ({state}: Permit) => k_before_work.includes(state);
/** By when somebody should have decided. */
export const deadline = (permit: Permit) =>
  isBeforeWork(permit) ? Date.parse(permit.data.application.starts) : firstDue(permit);

export const decisionOf = (permit: Permit) =>
  k_decisions.map((event) => permit.actions?.find((action) => action.event === event && action.allowed))
    .find((action) => action !== undefined);

/** The newest of what it has been waiting since. */
export function waitingSince({data, at}: Permit): string {
  const times = [data.states?.at(-1)?.since, data.consent?.at, data.approvals?.at(-1)?.at]
    .filter((time): time is string => !!time);
  return times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? at;
}
