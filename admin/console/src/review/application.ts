// The application in readable form: the work and its place in words, conditions that hold, what was chosen.
import {html, nothing} from 'lit';
import {labelOfMember, valueText} from '../parts/values';
import type {Permit} from '../service/permits';
import {nameOf} from '../service/permits';
import {t} from '../text/text';
import {exactly} from '../text/time';

// Members that have a place of their own on the page.
const k_told_elsewhere = ['unit', 'owner_unit', 'area', 'place', 'work', 'method', 'starts', 'ends', 'operators',
  'fire_watch', 'person_in_charge', 'machines', 'measures', 'hazards', 'special_works', 'renews', 'pack'];

const fact = (label: string, value: unknown) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

function where(permit: Permit) {
  const {place, area} = permit.data.application;
  const areas = permit.labels?.areas?.map(({name}) => name || area).reverse().join(' › ') || area;
  const kind = [t(place.outdoor ? 'place.outdoor' : 'place.indoor'), place.confined_space ? t('field.confined_space')
    : '',
    Number(place.height_metres ?? 0) > 0 ? t('place.height', {n: place.height_metres!}) : ''].filter(Boolean);
  return html`${place.address}<br><span class="muted">${areas} · ${kind.join(' · ')}</span>`;
}

/** Yes-or-no conditions: those that hold, in one line; those that do not, folded away. */
function conditions(permit: Permit) {
  const rows = Object.entries(permit.data.application).filter(([name]) => !k_told_elsewhere.includes(name));
  const holding = rows.filter(([, value]) => value === true).map(([name]) => labelOfMember(name));
  const denied = rows.filter(([, value]) => value === false).map(([name]) => labelOfMember(name));
  const others = rows.filter(([, value]) => typeof value !== 'boolean');
  return html`
    ${holding.length ? html`<p class="holding">${holding.map((one) => html`<span class="tag">${one}</span>`)}</p>`
      : html`<p class="muted">${t('decide.no_conditions')}</p>`}
    ${denied.length ? html`<p class="muted">${t('decide.denied', {what: denied.join(t('list_comma'))})}</p>` : nothing}
    ${others.length ? html`<dl class="facts">${others.map(([name, value]) =>
      fact(labelOfMember(name), valueText(value, permit.data.people)))}</dl>` : nothing}`;
}

function measures(permit: Permit) {
  return html`<ol class="measures">${permit.data.application.measures.map(({code, by, note}) => {
    const confirmed = permit.data.measures?.find((one) => one.code === code);
    const known = permit.labels?.measures?.[code];
    return html`<li><span class="clause">${known?.clause ?? code}</span> ${known?.title ?? ''}
      ${note ? html`<span>${note}</span>` : nothing}
      <span class="muted">${by ? nameOf(permit, by) : ''} ${confirmed?.confirmed_at
        ? html`<span title=${exactly(confirmed.confirmed_at)}>${t('decide.confirmed')}</span>` : nothing}</span></li>`;
  })}</ol>`;
}

export function applicationView(permit: Permit) {
  const {application, numbers, number, notice_code} = permit.data;
  const texts = ['hazards', 'special_works'] as const;
  return html`<section class="card"><h2>${t('decide.application')}</h2>
    <dl class="facts">
      ${fact(t('permit.number'), number)} ${fact(t('decide.notice'), html`<code>${notice_code}</code>`)}
      ${fact(t('field.unit'), permit.labels?.unit ?? application.unit)}
      ${fact(t('field.owner_unit'), permit.labels?.owner_unit ?? application.owner_unit)}
      ${fact(t('field.method'), permit.labels?.method ?? valueText(application.method))}
      ${fact(t('decide.window'), html`${exactly(application.starts)}<br>${exactly(application.ends)}`)}
      ${fact(t('decide.place'), where(permit))}
      ${fact(t('decide.in_charge'), html`${nameOf(permit, application.person_in_charge)}
        <span class="muted">${numbers?.person_in_charge ?? ''}</span>`)}
    </dl>
    <h3>${t('decide.conditions')}</h3>${conditions(permit)}
    ${texts.filter((name) => application[name]?.length).map((name) => html`<h3>${labelOfMember(name)}</h3>
      <ul>${application[name]!.map((one) => html`<li>${one}</li>`)}</ul>`)}
    <h3>${t('field.measures')}</h3>${measures(permit)}</section>`;
}
