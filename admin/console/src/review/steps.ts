// The approval chain: who has consented and approved, when, and whose step is next.
import {html, nothing} from 'lit';
import {icon} from '../parts/icon';
import {nameOf, type Permit} from '../service/permits';
import {maybe, pick, t} from '../text/text';
import {moment} from '../text/time';

function stepView(permit: Permit, title: string, clause: string,
  done: {by: string; at: string; for?: string} | undefined,
  isNext: boolean, onSite = false) {
  return html`<li class=${done ? 'done' : isNext ? 'next' : ''} aria-current=${isNext ? 'step' : nothing}>
    <span class="step-mark">${done ? icon('check') : isNext ? icon('clock') : nothing}</span>
    <span><strong>${title}</strong> <span class="clause">${clause}</span>
      ${onSite && !done ? html`<span class="tag">${t('steps.on_site')}</span>` : nothing}<br>
      <span class="muted">${done ? html`${nameOf(permit, done.by)}
        ${done.for ? t('steps.for', {name: nameOf(permit, done.for)}) : ''} · ${moment(done.at)}`
        : isNext ? t('steps.next') : t('steps.later')}</span></span></li>`;
}

export function stepsView(permit: Permit) {
  const {approval_steps: steps = [], approvals = [], consent, site_confirmed} = permit.data;
  const isReviewed = permit.state === 'UnderReview';
  return html`<ol class="steps">
    ${stepView(permit, t('steps.consent'), '', consent, isReviewed && !consent)}
    ${steps.map((step, i) => stepView(permit, permit.labels?.steps?.[step.code]?.title ?? pick(step,
      maybe(`step.${step.code}`, step.code)),
      step.clause, approvals[i], isReviewed && !!consent && i === approvals.length, step.on_site))}
    ${site_confirmed || permit.state === 'Approved'
      ? stepView(permit, t('steps.site'), '', site_confirmed, permit.state === 'Approved') : nothing}</ol>`;
}
