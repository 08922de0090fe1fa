// The roles of an account, each with the unit or area within which it is held.
import {html, nothing} from 'lit';
import {mark} from '../parts/badge';
import type {Grant} from '../service/types';
import {maybe, t} from '../text/text';
import {named} from '../audit/shared';

const withinView = ({unit, area}: Grant) => unit || area
  ? html`<span class="muted">${unit ? named('unit', unit) : nothing} ${area ? named('area', area) : nothing}</span>`
  : html`<span class="muted">${t('accounts.everywhere')}</span>`;

export const grantsView = (grants: Grant[]) => html`<ul class="grants">${grants.map((grant) => html`<li>
  ${mark('brand', maybe(`role.${grant.role}`, grant.role))}
    ${withinView(grant)}</li>`)}</ul>`;
