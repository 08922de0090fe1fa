// One permit: how it stands, what can be done next and why not, the application, and its history.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
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
import {followPermit} from '../service/follow';
import type {Permit} from '../service/permits';
import {applicationView} from '../review/application';
import {language, t} from '../text/text';
import {span} from '../text/time';

@customElement('sg-permit')
export class PermitPage extends Part {
  @property({attribute: false}) parameters!: {id: string};
  @state() private newer: Permit | null = null; // what others have made of it meanwhile
  #stop = () => {};

  #permit = new Task(this, {
    task: ([id]) => get<Permit>(`/permits/${id}`),
    args: () => [this.parameters.id, language()] as const,
  });

  override connectedCallback() {
    super.connectedCallback();
    this.#stop = followPermit(() => this.parameters.id, (permit) => (this.newer = permit));
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  #latest(permit: Permit): Permit {
    return this.newer?.id === permit.id && this.newer.version > permit.version ? this.newer : permit;
  }

  #head(permit: Permit) {
    const {number, application} = permit.data;
    return html`<div class="row"><h1>${number}</h1>${badge(permit.state, permit.state_label)}</div>
      <p class="lead">${application.work}</p>
      <p class="muted">${application.place.address} · ${span(application.starts, application.ends)}</p>
      ${duesView(permit)}`;
  }

  #page(permit: Permit) {
    return html`${this.#head(permit)} <sg-again .permit=${permit}></sg-again>
      <section class="card"><h2>${t('permit.next')}</h2>
        <sg-actions collection="permits" .instance=${permit} @done=${() => this.#permit.run()}></sg-actions></section>
      ${applicationView(permit)} ${papers(permit)} <sg-path .permit=${permit}></sg-path>`;
  }

  override render() {
    return shown(this.#permit, (asked) => this.#page(this.#latest(asked)));
  }
}
