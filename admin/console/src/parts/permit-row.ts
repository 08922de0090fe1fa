// A permit as a row of a list: number, state, work, place and time, and what the list adds. All rows are of one height.
import {html, nothing, type TemplateResult} from 'lit';
import {duesOf, gradeOf, type Permit} from '../service/permits';
import {maybe} from '../text/text';
import {span} from '../text/time';
import {badge} from './badge';
import './countdown';

type Content = TemplateResult | typeof nothing;

/** What falls due, each with its countdown, soonest first. */
export const duesView = (permit: Permit, most = 4) => html`<span class="dues">${duesOf(permit).slice(0, most)
  .map(({name, at, title}) => html`<span class="due" data-due=${name} title=${title ?? nothing}>
    ${maybe(`due.${name}`, title ?? name)}
    <sg-countdown until=${at}></sg-countdown></span>`)}</span>`;

export function permitRow(permit: Permit, href: string, more: Content = nothing) {
  const {number, application} = permit.data;
  return html`<a class="item permit-row" href=${href} data-id=${permit.id} data-state=${permit.state}>
    <span class="item-head"><strong>${number}</strong>
      ${permit.data.grade ? html`<span class="grade" data-grade=${permit.data.grade}>${gradeOf(permit)}</span>`
        : nothing}
      <span class="spring"></span>${badge(permit.state, permit.state_label)}</span>
    <span class="one-line">${application.work}</span>
    <span class="one-line muted">${application.place.address} · ${span(application.starts, application.ends)}</span>
    <span class="one-line row-more">${more}</span>
  </a>`;
}
