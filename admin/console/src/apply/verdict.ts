// What the system would decide: the grade and why, who approves, how long, and what comes of sending it now.
import {html, nothing} from 'lit';
import {t} from '../text/text';
import type {Preview} from './preview';

const k_variants = {
  incomplete: 'neutral', refused: 'danger', returned: 'danger', undecided: 'warning', qualified: 'success'};

const clauseView = (clause: string) => html`<span class="clause muted">${clause}</span>`;

const figure = (preview: Preview, name: string) => {
  const found = preview.figures[name];
  return found ? html`<div><dt>${found.title}</dt>
    <dd>${found.value} ${found.unit} ${clauseView(found.clause)}</dd></div>` : nothing;
};

export function verdictView(preview?: Preview) {
  if (!preview) return html`<p class="muted">${t('apply.no_preview')}</p>`;
  const {grade, approval} = preview;
  return html`<wa-callout class="verdict" variant=${k_variants[preview.outcome]} data-outcome=${preview.outcome}>
    <strong>${t(`outcome.${preview.outcome}`)}</strong></wa-callout>
    <dl class="facts">
      <div><dt>${t('apply.grade')}</dt><dd><strong>${grade.title}</strong>
        ${grade.decided ? nothing : html`<span class="muted">${t('apply.grade_undecided')}</span>`}
        ${grade.reasons.map(({title, clause}) => html`<div class="muted">
          ${title} ${clauseView(clause)}</div>`)}</dd></div>
      <div><dt>${t('apply.chain')}</dt><dd>${approval.map(({title, on_site}, i) => html`<div>${i + 1}. ${title}
        ${on_site ? html`<span class="muted">${t('apply.on_site')}</span>` : nothing}</div>`)}</dd></div>
      ${figure(preview, 'validity_hours')} ${figure(preview, 'watch_minutes')}
    </dl>`;
}

/** The same in one line, to be in sight while somebody writes. */
export function verdictLine(preview?: Preview) {
  if (!preview) return nothing;
  const against = preview.findings.filter(({severity}) => severity === 'refuse').length + preview.problems.length;
  return html`<span class="verdict-line" role="status" data-grade=${preview.grade.code}>${t('apply.grade')}
    <strong>${preview.grade.title}</strong> · ${t('apply.n_approvals', {n: preview.approval.length})}
    ${against ? html` · <span class="field-problem">${t('apply.n_against', {n: against})}</span>` : nothing}</span>`;
}
