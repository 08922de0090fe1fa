// At a permit: the same work applied for again, or gone on with after the permit's end; for whoever may apply.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Part} from '../parts/element';
import {hasRole} from '../service/session';
import type {Instance} from '../service/types';
import {t} from '../text/text';
import {isRenewable} from './waiting';

@customElement('sg-again')
export class Again extends Part {
  @property({attribute: false}) permit!: Instance;

  override render() {
    if (!hasRole('applicant')) return nothing;
    const {id} = this.permit;
    return html`<p class="row"><a href="/console/apply?like=${id}">${t('apply.like')}</a>
      ${isRenewable(this.permit) ? html`<a href="/console/apply?renew=${id}">${t('apply.renew')}</a>` : nothing}</p>`;
  }
}
