// A refusal in plain words: what, why with its clause, what was needed and found, and how to mend it.
import {html, nothing} from 'lit';
import {type Finding, Problem} from '../service/client';
import {maybe, t} from '../text/text';
import {icon} from './icon';

const variants = {refuse: 'danger', warn: 'warning', undecided: 'brand'} as const;

export function findingView(finding: Finding) {
  return html`<li class="finding ${variants[finding.severity] ?? 'danger'}">
    <span class="finding-title">${finding.title}</span>
    ${finding.clause ? html`<span class="clause">${finding.clause}</span>` : nothing}
    ${finding.subject ? html`<span class="muted">${finding.subject}</span>` : nothing}
    ${finding.needed || finding.actual
      ? html`<span class="muted">${t('problem.needed_actual', {
          needed: finding.needed ?? '–', actual: finding.actual ?? '–'})}</span>`
      : nothing}
    ${finding.remedy ? html`<span class="remedy">${finding.remedy}</span>` : nothing}
  </li>`;
}

export const findingsView = (findings: Finding[]) =>
  findings.length ? html`<ul class="findings">${findings.map(findingView)}</ul>` : nothing;

/** Anything that was thrown, as a Problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem(0, 'console_failed', '', String(error));
}

export function problemView(error: unknown) {
  if (!error) return nothing;
  const problem = problemOf(error);
  const title = problem.title || maybe(`problem.${problem.code}`, t('problem.console_failed'));
  const detail = problem.detail && problem.detail !== title ? problem.detail : '';
  const remedy = problem.remedy || maybe(`problem.${problem.code}.remedy`, '');
  return html`<wa-callout class="problem" variant="danger" role="alert" data-code=${problem.code}>
    <strong>${icon('alert')} ${title}</strong>
    ${detail ? html`<p>${detail}</p>` : nothing}
    ${remedy ? html`<p class="remedy">${remedy}</p>` : nothing}
    ${findingsView(problem.findings)}
  </wa-callout>`;
}
