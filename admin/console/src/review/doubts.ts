// What speaks against going on: events from the field that were refused, holds, and flags of the service.
import {html, nothing} from 'lit';
import '../parts/settle';
import {icon} from '../parts/icon';
import {valueText} from '../parts/values';
import {nameOf, type Permit} from '../service/permits';
import type {Conflict} from '../service/types';
import {maybe, t} from '../text/text';
import {moment} from '../text/time';

type EventLabel = (event: string) => string;

function conflictView(permit: Permit, conflict: Conflict, eventLabel: EventLabel, done: () => void) {
  return html`<li class="finding ${conflict.settled ? 'brand' : ''}">
    <span class="finding-title"><strong>${eventLabel(conflict.event)}</strong> ${conflict.title ?? conflict.code}</span>
    <span class="muted">${nameOf(permit, conflict.by)} · ${moment(conflict.reported_at)}</span>
    ${conflict.payload ? html`<span>${valueText(conflict.payload, permit.data.people)}</span>` : nothing}
    ${conflict.settled ? html`<span>${t('conflicts.settled', {name: nameOf(permit, String(conflict.settled.by))})}
      ${conflict.note ?? ''}</span>`
      : html`<sg-settle .instance=${permit} event="settle_conflict" .given=${{conflict: conflict.number}}
        @done=${done}></sg-settle>`}
  </li>`;
}

/** Open ones first. */
export function conflictsView(permit: Permit, eventLabel: EventLabel, done: () => void) {
  const conflicts = permit.conflicts ?? [];
  if (!conflicts.length) return nothing;
  const ordered = [...conflicts].sort((a, b) => Number(!!a.settled) - Number(!!b.settled));
  return html`<section class="card" id="conflicts"><h2>${icon('alert')} ${t('conflicts.title')}</h2>
    <p class="muted">${t('conflicts.about')}</p>
    <ul class="findings">${ordered.map((one) => conflictView(permit, one, eventLabel, done))}</ul></section>`;
}

export function holdsView(permit: Permit, done: () => void) {
  const holds = permit.data.holds ?? [];
  if (!holds.length) return nothing;
  return html`<section class="card"><h2>${icon('pause')} ${t('holds.title')}</h2><ul class="findings">
    ${holds.map((hold) => html`<li class="finding warning">
      <span class="finding-title">
        ${permit.labels?.causes?.[hold.cause] ?? maybe(`cause.${hold.cause}`, hold.cause || t('holds.by_person'))}
      </span>
      <span class="muted">${maybe(`role.${hold.role}`, hold.role)} ${nameOf(permit, hold.by)} ·
        ${moment(hold.since)}</span>
      ${hold.reason ? html`<span>${hold.reason}</span>` : nothing}
      <sg-settle .instance=${permit} event="release_hold" .given=${{hold: hold.number}}
        @done=${done}></sg-settle></li>`)}
  </ul></section>`;
}

export function flagsView(permit: Permit, eventLabel: EventLabel) {
  const flags = permit.data.flags ?? [];
  if (!flags.length) return nothing;
  return html`<section class="card"><h2>${icon('alert')} ${t('flags.title')}</h2><ul>
    ${flags.map((flag) => html`<li>${maybe(`flag.${flag.code}`, flag.code)} · ${eventLabel(flag.event)}
      ${nameOf(permit, flag.by)} · ${moment(flag.at)} ${flag.permits?.length ? flag.permits.join(t('list_comma'))
        : nothing}</li>`)}</ul></section>`;
}
