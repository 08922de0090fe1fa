// One permit: how it stands, what can be done next and why not, the application, and its history.
import {html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '../apply/again';
import '../parts/actions';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {papers} from '../parts/papers';
import {duesView} from '../parts/permit-row';
import '../pictures/path';
import {shown} from '../parts/states';
import {get} from '../service/client';
import type {Permit} from '../service/permits';
import {applicationView} from '../review/application';
import {language, t} from '../text/text';
import {span} from '../text/time';

@customElement('sg-permit')
export class PermitPage extends Part {
  @property({attribute: false}) parameters!: {id: string};

  #permit = new Task(this, {
    task: ([id]) => get<Permit>(`/permits/${id}`),
    args: () => [this.parameters.id, language()] as const,
  });

  #head(permit: Permit) {
    const {number, application} = permit.data;
    return html`<div class="row"><h1>${number}</h1>${badge(permit.state, permit.state_label)}</div>
      <p class="lead">${application.work}</p>
      <p class="muted">${application.place.address} · ${span(application.starts, application.ends)}</p>
      ${duesView(permit)}`;
  }

  override render() {
    return shown(this.#permit, (permit) => html`${this.#head(permit)} <sg-again .permit=${permit}></sg-again>
      <section class="card"><h2>${t('permit.next')}</h2>
        <sg-actions collection="permits" .instance=${permit} @done=${() => this.#permit.run()}></sg-actions></section>
      ${applicationView(permit)} ${papers(permit)} <sg-path .permit=${permit}></sg-path>`);
  }
}
