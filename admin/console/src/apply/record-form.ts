// A record's form, to register or to amend it: built on the register's own schema, checked while it is typed.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {fieldsOf} from '../form/fields';
import {Part} from '../parts/element';
import {problemOf, problemView} from '../parts/problem';
import type {Problem} from '../service/client';
import {newKey, send} from '../service/send';
import type {Instance, Receipt, Schema} from '../service/types';
import {t} from '../text/text';
import {recordProblems, stops} from './record-problems';
import {collectionOf, type Kind} from './registers';

@customElement('sg-record-form')
export class RecordForm extends Part {
  @property() kind: Kind = 'unit';
  @property({attribute: false}) schema!: Schema; // of the event `register`
  @property({attribute: false}) record?: Instance; // that is amended
  @property({attribute: false}) first: Record<string, any> = {}; // what a new one begins with
  @state() value: Record<string, any> = {};
  @state() private busy = false;
  @state() private problem: Problem | null = null;
  #key = newKey();

  override connectedCallback() {
    super.connectedCallback();
    this.value = {...(this.record?.data ?? this.first)};
  }

  // What stays as it is once registered; the state is the office's to say.
  #takes = (name: string) => name !== 'status' && !(this.record && this.schema.properties![name].fixed);

  #changes(): Record<string, any> {
    const before = this.record!.data;
    const names = Object.keys(this.schema.properties!)
      .filter((name) => this.#takes(name) && this.value[name] !== before[name]);
    return Object.fromEntries(names.map((name) => [name, this.value[name] ?? null]));
  }

  async #submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy || stops(recordProblems(this.schema, this.value))) return;
    this.busy = true;
    this.problem = null;
    try {
      const collection = collectionOf(this.kind);
      const receipt: Receipt = await send(this.record
        ? {collection, id: this.record.id, event: 'amend', payload: this.#changes(), version: this.record.version}
        : {collection, event: 'register', payload: this.value}, this.#key);
      this.dispatchEvent(new CustomEvent('stored', {detail: receipt}));
    } catch (error) {
      this.problem = problemOf(error);
      if (this.problem.status) this.#key = newKey();
    }
    this.busy = false;
  }

  #problems() {
    const said = recordProblems(this.schema, this.value);
    const pointer = String(this.problem?.details.path ?? '');
    return pointer.startsWith('/') ? {...said, [pointer.split('/')[1]]: this.problem!.detail} : said;
  }

  override render() {
    const problems = this.#problems();
    const nothing_changed = this.record && !Object.keys(this.#changes()).length;
    return html`<form class="card stack" @submit=${this.#submit}>
      ${fieldsOf(this.schema, this.schema, this.value, (next) => (this.value = next), this.#takes, problems)}
      ${problemView(this.problem)}
      ${this.record ? html`<p class="muted">${t('record.verified_again')}</p>` : nothing}
      <div class="row end"><wa-button type="submit" variant="brand" ?loading=${this.busy}
        ?disabled=${stops(recordProblems(this.schema, this.value)) || nothing_changed}>
        ${this.record ? t('record.amend') : t('register.add')}</wa-button></div></form>`;
  }
}
