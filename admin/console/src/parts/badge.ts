// A state as a coloured word: the colour says how it stands, the word is the service's.
import {html} from 'lit';

const variants: Record<string, string> = {
  InProgress: 'danger', FireWatch: 'warning', Suspended: 'warning', UnderReview: 'brand', QualificationCheck: 'brand',
  Approved: 'success', SiteReady: 'success', AwaitingAcceptance: 'brand', Valid: 'success', Active: 'success',
  Registered: 'brand', Returned: 'warning', Recorded: 'brand', Confirmed: 'danger', Open: 'brand',
  InForce: 'success', Planned: 'brand',
};

export const badge = (state: string, label: string) =>
  html`<wa-badge class="state" appearance="filled-outlined" variant=${variants[state] ?? 'neutral'}
    data-state=${state}>${label}</wa-badge>`;
