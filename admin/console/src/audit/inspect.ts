// Opening an inspection: by the code of a posted notice, whose live permit is shown first, or at a place where nobody
// has a permit.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {fieldsOf} from '../form/fields';
import {badge} from '../parts/badge';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {skeleton} from '../parts/states';
import {Trying} from '../parts/trying';
import {go, searchOf} from '../router';
import {get, query} from '../service/client';
import {newKey, send} from '../service/send';
import type {Instance, Page, Schema} from '../service/types';
import {eventSpec} from '../service/workflows';
import {t} from '../text/text';
import {span} from '../text/time';
import {named, personIn} from './shared';

const k_at_notice = ['position', 'photos', 'note'];
const k_at_place = ['area', 'address', 'unit', 'position', 'photos', 'note'];

/** The code alone, also out of the address that a notice's QR holds. */
const codeIn = (text: string) => (/\/p\/([^/?#]+)/.exec(text)?.[1] ?? text).trim().toUpperCase();

@customElement('sg-inspect')
export class Inspect extends Trying {
  @state() private code = searchOf().code ?? '';
  @state() private permit: Instance | null | undefined; // null: no permit has that code; undefined: not asked yet
  @state() private isScanning = false; // the camera looks for the notice's code
  @state() private isWithout = false; // nobody has a permit there
  @state() private payload: Record<string, any> = {};
  @state() private schema: Schema | null = null;
  #key = newKey();

  override async connectedCallback() {
    super.connectedCallback();
    if (this.code) void this.#find();
    this.schema = (await eventSpec('inspection', 'open')).payload_schema;
  }

  #find(event?: Event) {
    event?.preventDefault();
    this.code = codeIn(this.code);
    this.isWithout = false;
    return this.attempt(async () => {
      const {items} = await get<Page>('/permits' + query({notice_code: this.code, limit: 1}));
      this.permit = items[0] ?? null;
    });
  }

  async #scan() {
    await import('../site/scan');
    this.isScanning = !this.isScanning;
  }

  #found({detail}: CustomEvent<string>) {
    this.isScanning = false;
    this.code = detail;
    void this.#find();
  }

  async #open(event: SubmitEvent) {
    event.preventDefault();
    const where = this.isWithout ? {} : {notice_code: this.code};
    const done = await this.attempt(async () => {
      const {id} = await send({collection: 'inspections', event: 'open', payload: {...where, ...this.payload}},
        this.#key);
      go(`inspections/${id}`, {replace: true});
    });
    if (!done) this.#key = newKey(); // what is sent next is another request
  }

  #codeForm() {
    return html`<form class="card stack" @submit=${this.#find}>
      <wa-input name="code" label=${t('inspect.code')} hint=${t('inspect.code_hint')} required
        autocapitalize="characters"
        autocomplete="off" .value=${this.code} @input=${(e: any) => (this.code = e.target.value)}></wa-input>
      <div class="row"><wa-button type="submit" variant="brand" ?loading=${this.busy && !this.permit}>${icon('search')}
          ${t('inspect.find')}</wa-button>
        <wa-button type="button" @click=${this.#scan}>${icon('scan')} ${t('inspect.scan')}
          </wa-button>
        <wa-button type="button" appearance="plain" @click=${() => {
          this.isWithout = true;
          this.permit = undefined;
        }}>${t('inspect.without')}</wa-button></div>
      ${this.isScanning ? html`<sg-scan @found=${this.#found}></sg-scan>` : nothing}</form>`;
  }

  #permitCard(permit: Instance) {
    const {data} = permit, {application: told, watch} = data;
    const names = Object.keys(data.people ?? {}).map((one) => personIn(permit, one));
    return html`<section class="card found-permit"><div class="row"><h2>${data.number}</h2>${badge(permit.state,
      permit.state_label)}</div>
      <p class="lead">${told.work}</p>
      <dl class="facts">
        <div><dt>${t('field.place')}</dt><dd>${told.place.address}</dd></div>
        <div><dt>${t('inspect.window')}</dt><dd>${span(told.starts, told.ends)}</dd></div>
        <div><dt>${t('field.unit')}</dt><dd>${named('unit', told.unit)}</dd></div>
        <div><dt>${t('inspect.watch')}</dt><dd>
          ${t(watch?.on_site ? 'inspect.watch_there' : 'inspect.watch_away')}</dd></div>
        <div><dt>${t('inspect.people')}</dt><dd>${names.join('、')}</dd></div>
      </dl>
      <p><a href="/console/permits/${permit.id}">${t('inspect.whole_permit')}</a></p></section>`;
  }

  #openForm(members: string[]) {
    if (!this.schema) return skeleton(2);
    const required = this.isWithout ? ['area', 'address', 'position'] : ['position'];
    const schema = {...this.schema, required,
      properties: {...this.schema.properties, area: {...this.schema.properties?.area, refers: 'area'}}};
    return html`<form class="card stack" @submit=${this.#open}><h2>${t('inspect.begin')}</h2>
      ${fieldsOf(schema, this.schema, this.payload, (next) => (this.payload = next), (name) => members.includes(name))}
      <div><wa-button type="submit" variant="brand"
        ?loading=${this.busy}>${t('inspect.open')}</wa-button></div></form>`;
  }

  override render() {
    return html`<h1>${t('inspect.title')}</h1>${this.#codeForm()} ${problemView(this.problem)}
      ${this.permit === null ? html`<wa-callout variant="warning" role="status" class="no-permit">
        <strong>${t('inspect.unknown_code')}</strong><p>${t('inspect.unknown_code_remedy')}</p></wa-callout>` : nothing}
      ${this.permit ? html`${this.#permitCard(this.permit)} ${this.#openForm(k_at_notice)}` : nothing}
      ${this.isWithout ? html`<p>${t('inspect.without_about')}</p>${this.#openForm(k_at_place)}` : nothing}`;
  }
}
