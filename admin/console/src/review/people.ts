// Who would work and with what, as the rules saw them: certificates, training and inspections with what is wrong.
import {html, nothing} from 'lit';
import {nameOf, type Permit} from '../service/permits';
import {maybe, t} from '../text/text';
import {day} from '../text/time';
import type {Judgement} from './judgement';

interface Certificate {
  class: string;
  status: string;
  issued_on: string;
  valid_until: string;
  review_due: string | null;
}

const is_over = (date: string | null | undefined, at: string) => !!date
  && Date.parse(date) + 86_400_000 <= Date.parse(at);

const until = (label: string, date: string | null | undefined, at: string) => (date
  ? html`<span class=${is_over(date, at) ? 'field-problem' : 'muted'}>${label} ${day(date)}</span>` : nothing);

function certificateView(one: Certificate, ends: string) {
  return html`<li><span class="tag">${one.class}</span>
    <span class=${one.status === 'valid' ? '' : 'field-problem'}>${maybe(`certificate.${one.status}`,
      one.status)}</span>
    ${until(t('decide.valid_until'), one.valid_until, ends)} ${until(t('decide.review_due'), one.review_due,
      ends)}</li>`;
}

function operators(permit: Permit, facts: any[]) {
  const {application, numbers} = permit.data;
  return application.operators.map((who, i) => {
    const known = facts.find(({subject}) => subject === who);
    const certificates: Certificate[] = known?.certificates ?? [];
    return html`<li><strong>${nameOf(permit, who)}</strong> <span class="muted">${t('role.operator')}
      ${numbers?.operators?.[i] ?? ''}</span>
      ${known && !known.known ? html`<p class="field-problem">${t('decide.unknown')}</p>` : nothing}
      <ul>${certificates.map((one) => certificateView(one, application.ends))}</ul></li>`;
  });
}

function watch(permit: Permit, facts: any) {
  const {application, numbers} = permit.data;
  return html`<li><strong>${nameOf(permit, application.fire_watch)}</strong>
    <span class="muted">${t('role.fire_watch')} ${numbers?.fire_watch ?? ''}</span>
    ${facts && !facts.known ? html`<p class="field-problem">${t('decide.unknown')}</p>` : nothing}
    <p>${facts?.trained_on ? html`<span class="muted">${t('decide.trained_on')} ${day(facts.trained_on)}</span>`
      : nothing}
      ${until(t('decide.valid_until'), facts?.valid_until, application.ends)}</p></li>`;
}

function machines(permit: Permit, facts: any[]) {
  const {application} = permit.data;
  return (application.machines ?? []).map((code) => {
    const known = facts.find(({subject}) => subject === code);
    return html`<li><strong>${permit.labels?.machines?.[code] || code}</strong> <span
      class="muted">${t('decide.machine')} ${code}</span>
      ${known && !known.known ? html`<p class="field-problem">${t('decide.unknown')}</p>` : nothing}
      <p>${until(t('decide.inspected_until'), known?.inspected_until, application.ends)}</p></li>`;
  });
}

/** From the newest judgement: facts of its hour, which start will look at again. */
export function peopleView(permit: Permit, judgement: Judgement | undefined) {
  const facts = judgement?.inputs ?? {};
  return html`<section class="card"><h2>${t('decide.people')}</h2>
    <ul class="people">${operators(permit, facts.operators ?? [])} ${watch(permit, facts.fire_watch)}
      ${machines(permit, facts.machines ?? [])}</ul>
    ${judgement ? html`<p class="muted">${t('decide.people_as_of')}</p>` : nothing}</section>`;
}
