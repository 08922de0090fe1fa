// What the rules say: the grade and why, each finding with its clause, and the facts that were judged.
import {html, nothing} from 'lit';
import '@awesome.me/webawesome/dist/components/details/details.js';
import {findingsView} from '../parts/problem';
import {labelOfMember, valueText} from '../parts/values';
import type {Finding} from '../service/client';
import {gradeOf, type Permit} from '../service/permits';
import {maybe, pick, t} from '../text/text';
import {exactly} from '../text/time';

export interface Judgement {
  entry: {at: string; type: string};
  stage: string;
  grade: string;
  findings: Finding[];
  inputs: Record<string, any>;
  pack: {id: string; version: string; digest: string};
  reevaluated: boolean;
}

function reasons(permit: Permit) {
  const {upgrade_reasons = []} = permit.data;
  if (!upgrade_reasons.length) return nothing;
  return html`<ul>${upgrade_reasons.map((code) => {
    const known = permit.labels?.upgrade_reasons?.[code];
    return html`<li>${known?.title ?? maybe(`upgrade.${code}`, code)} 
      <span class="clause">${known?.clause ?? ''}</span></li>`;
  })}</ul>`;
}

const subjectOf = (permit: Permit, subject = '') => permit.data.people?.[subject]?.name ?? subject;

/** Titles come in both languages from the permit itself, in the reader's from a judgement. */
function inWords(finding: Finding, permit: Permit): Finding {
  const text = (value: any) => (value && typeof value === 'object' ? pick(value) : value);
  return {...finding, title: text(finding.title), remedy: text(finding.remedy), 
    subject: subjectOf(permit, finding.subject)};
}

const inputs = (judgement: Judgement, permit: Permit) => html`<wa-details summary=${t('decide.inputs')}>
  ${Object.entries(judgement.inputs).map(([group, values]) => html`<h4>${maybe(`facts.${group}`, group)}</h4>
    ${[values].flat().map((one) => html`<dl class="facts">${Object.entries(one ?? {}).map(([name, value]) => html`<div>
      <dt>${labelOfMember(name)}</dt><dd>${valueText(value, permit.data.people)}</dd></div>`)}</dl>`)}`)}
</wa-details>`;

export function judgementView(permit: Permit, judgements: Judgement[]) {
  const last = judgements.at(-1);
  const findings = last?.findings ?? permit.data.qualification?.findings ?? [];
  const pack = permit.data.pack;
  return html`<section class="card"><h2>${t('decide.judgement')}</h2>
    ${permit.data.grade ? html`<p class="lead"><span class="grade"
      data-grade=${permit.data.grade}>${gradeOf(permit)}</span>
      ${permit.data.upgraded ? t('decide.upgraded') : t('decide.as_graded')}</p>` : nothing}
    ${reasons(permit)}
    ${findings.length ? findingsView(findings.map((one) => inWords(one, permit)))
      : html`<p>${t('decide.no_findings')}</p>`}
    ${pack ? html`<p class="muted">${permit.labels?.pack ?? pack.id} · ${pack.version}
      ${last ? html`· ${exactly(last.entry.at)}` : nothing}</p>` : nothing}
    ${judgements.some(({reevaluated}) => !reevaluated)
      ? html`<p class="field-problem" role="alert">${t('decide.not_repeated')}</p>` : nothing}
    ${last ? inputs(last, permit) : nothing}</section>`;
}
