// The card that an operator or a fire watch shows on site: who they are, by which certificate, and its number as a
// large QR code.
import {html, svg} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {encode} from 'uqr';
import {known} from '../field/answers';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {empty, shown} from '../parts/states';
import {everyRecord} from '../service/records';
import {me} from '../service/session';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';
import {day} from '../text/time';

const isMasked = ({data}: Instance) => String(data.id_number ?? '').startsWith('*');

/** One's own. Others of the unit are listed too where a role may see them, but their numbers are masked. */
async function own(collection: string): Promise<Instance[]> {
  const named = (await everyRecord(collection)).filter(({data}) => data.name === me()!.name);
  const plain = named.filter((record) => !isMasked(record));
  return plain.length ? plain : named;
}

const numberOf = ({data}: Instance): string => data.certificate_no ?? data.id_number;

function code(text: string) {
  const {data, size} = encode(text, {ecc: 'M', border: 4});
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${t('site.card.code', {text})}
    shape-rendering="crispEdges">${svg`<rect width=${size} height=${size} fill="#fff"/>
      <path d=${path} fill="#000"/>`}</svg>`;
}

@customElement('sg-site-card')
export class Card extends Part {
  #cards = new Task(this, {
    task: () => known(`card ${me()!.id}`,
      async () => (await Promise.all(['certificates', 'fire-watches'].map(own))).flat()),
    args: () => [language()] as const,
  });

  #lines({data}: Instance) {
    return html`<p>${data.class ?? t('role.fire_watch')} · ${data.issuer ?? ''}</p>
      <p class="muted">${t('site.card.until', {day: day(data.valid_until ?? data.training_valid_until)})}</p>
      ${data.review_due ? html`<p class="muted">${t('site.card.review', {day: day(data.review_due)})}</p>` : ''}`;
  }

  override render() {
    return html`<h1>${t('site.card.title')}</h1>
      ${shown(this.#cards, ({value}) => {
        if (!value.length) return empty('certificate', t('site.card.none'));
        const numbers = [...new Set(value.map(numberOf))];
        return html`${numbers.map((number) => html`<section class="card id-card"><h2>${me()!.name}</h2>
          ${code(number)}<p class="number">${number}</p>
          ${value.filter((one) => numberOf(one) === number).map((one) => html`<div class="id-line">
            ${badge(one.state, one.state_label)} ${this.#lines(one)}</div>`)}</section>`)}`;
      }, 6)}`;
  }
}
