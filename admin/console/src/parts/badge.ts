// A coloured word: the colour says how something stands. Plain elements: a long list has one in each row.
import {html} from 'lit';

type Variant = 'neutral' | 'brand' | 'success' | 'warning' | 'danger';

const variants: Record<string, Variant> = {
  InProgress: 'danger', FireWatch: 'warning', Suspended: 'warning', UnderReview: 'brand', QualificationCheck: 'brand',
  Approved: 'success', SiteReady: 'success', AwaitingAcceptance: 'brand', Valid: 'success', Active: 'success',
  Registered: 'brand', Returned: 'warning', Recorded: 'brand', Confirmed: 'danger', Open: 'brand',
  InForce: 'success', Planned: 'brand',
};

export const mark = (variant: Variant, words: unknown) => html`<span class="badge ${variant}">${words}</span>`;

/** A state; the word is the service's. */
export const badge = (state: string, label: string) =>
  html`<span class="badge ${variants[state] ?? 'neutral'}" data-state=${state}>${label}</span>`;
