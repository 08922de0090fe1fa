// The approval chain: who has consented and approved, when, and whose step is next.
import {html, nothing} from 'lit';
import {icon} from '../parts/icon';
import {nameOf, type Permit} from '../service/permits';
import {pick, t} from '../text/text';
import {moment} from '../text/time';

interface StepRow {
  title: string;
  clause?: string;
  onSite?: boolean;
  done?: {by: string; at: string; for?: string};
  isNext: boolean;
}

function stepView(permit: Permit, {title, clause, onSite, done, isNext}: StepRow) {
  return html`<li class=${done ? 'done' : isNext ? 'next' : ''} aria-current=${isNext ? 'step' : nothing}>
    <span class="step-mark">${done ? icon('check') : isNext ? icon('clock') : nothing}</span>
    <span><strong>${title}</strong> <span class="clause">${clause ?? nothing}</span>
      ${onSite && !done ? html`<span class="tag">${t('steps.on_site')}</span>` : nothing}<br>
      <span class="muted">${done ? html`${nameOf(permit, done.by)}
        ${done.for ? t('steps.for', {name: nameOf(permit, done.for)}) : ''} · ${moment(done.at)}`
        : isNext ? t('steps.next') : t('steps.later')}</span></span></li>`;
}

export function stepsView(permit: Permit) {
  const {approval_steps: steps = [], approvals = [], consent, site_confirmed} = permit.data;
  const isReviewed = permit.state === 'UnderReview';
  const rows: StepRow[] = [
    {title: t('steps.consent'), done: consent, isNext: isReviewed && !consent},
    ...steps.map((step, i) => ({title: permit.labels?.steps?.[step.code]?.title ?? pick(step, step.code),
      clause: step.clause, onSite: step.on_site, done: approvals[i],
      isNext: isReviewed && !!consent && i === approvals.length})),
    ...(site_confirmed || permit.state === 'Approved'
      ? [{title: t('steps.site'), done: site_confirmed, isNext: permit.state === 'Approved'}] : []),
  ];
  return html`<ol class="approval-steps">${rows.map((row) => stepView(permit, row))}</ol>`;
}
