// One event's form: filled in, signed where it is wanted, sent; a refusal is shown beside what was written.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {fieldsOf} from '../form/fields';
import {demandedBy, filledBy} from '../form/events';
import {reasonsView} from '../form/reasons';
import {enrolDevice} from '../keys/enrol';
import {NoKey} from '../keys/signer';
import {keyStanding, type Standing} from '../keys/standing';
import {get, type Problem} from '../service/client';
import {newKey, send} from '../service/send';
import type {Action, EventSpec, Instance, Schema} from '../service/types';
import {eventSpec, resolve} from '../service/workflows';
import {t} from '../text/text';
import {grave} from './actions';
import './conflict';
import {Part} from './element';
import {problemOf, problemView} from './problem';
import {skeleton} from './states';
import {toast} from './toast';

// Members by which the system says why it acts itself.
export const k_not_a_person_s = ['timer', 'due', 'cause', 'ref', 'role', 'signed'];

/** Tells "done" when the service has taken it, "cancelled" when the user gives up (offered with `cancellable`). */
@customElement('sg-action-form')
export class ActionForm extends Part {
  @property({attribute: false}) instance!: Instance;
  @property({attribute: false}) action!: Action;
  @property() collection = '';
  @property({type: Boolean}) cancellable = false;
  /** Members that the page itself knows: they are not asked for. */
  @property({attribute: false}) given: Record<string, unknown> = {};
  @state() private spec: EventSpec | null = null;
  @state() private payload: Record<string, any> = {};
  @state() private busy = false;
  @state() private problem: Problem | null = null;
  @state() private newer: Instance | null = null; // what somebody else made of it meanwhile
  @state() private standing: Standing = 'none'; // of this device's key
  @state() private unsigned = false; // the user does without, where that is possible
  #key = newKey();

  override async connectedCallback() {
    super.connectedCallback();
    this.standing = await keyStanding();
    this.spec = await eventSpec(this.instance.workflow, this.action.event);
    this.payload = {...this.payload, ...this.#filled()};
  }

  // Another version of the instance was handed in: what was written stays, what the instance says is its own.
  override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (!changed.has('instance') || !changed.get('instance')) return;
    this.newer = null;
    this.payload = {...this.payload, ...this.#filled()};
  }

  #filled() {
    return {...filledBy(this.action.event, this.newer ?? this.instance), ...this.given};
  }

  get #signs() {
    const {signature} = this.action;
    const may = signature === 'possible' && this.standing === 'active';
    return signature === 'required' || (may && !this.unsigned);
  }

  async #submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const version = (this.newer ?? this.instance).version;
      await send({collection: this.collection, id: this.instance.id, event: this.action.event, payload: this.payload,
        version: this.spec!.fact ? undefined : version, sign: this.#signs}, this.#key);
      toast(t('done', {what: this.action.label}));
      this.dispatchEvent(new CustomEvent('done'));
    } catch (error) {
      await this.#failed(error);
    }
    this.busy = false;
  }

  async #failed(error: unknown) {
    this.problem = error instanceof NoKey ? null : problemOf(error);
    if (error instanceof NoKey) this.standing = 'none';
    this.#key = newKey(); // what is sent next is another request
    if (this.problem?.code !== 'version_mismatch') return;
    this.newer = await get<Instance>(`/${this.collection}/${this.instance.id}`).catch(() => null);
    if (this.newer) this.payload = {...this.payload, ...this.#filled()};
  }

  async #enrol() {
    this.busy = true;
    this.problem = null;
    try {
      await enrolDevice(t('account.device_label', {what: navigator.platform || 'web'}));
      this.standing = await keyStanding();
    } catch (error) {
      this.problem = problemOf(error);
    }
    this.busy = false;
  }

  #fields(spec: EventSpec) {
    const {event} = this.action;
    const root = spec.payload_schema;
    const described = resolve(root, root);
    const required = [...(described.required ?? []), ...demandedBy(event, this.instance)];
    const schema: Schema = {...described, required};
    const given = this.#filled();
    return html`${schema.properties?.reason
      ? reasonsView(event, this.payload.reason ?? '', (reason) => (this.payload = {...this.payload, reason})) : nothing}
      ${fieldsOf(schema, root, this.payload, (next) => (this.payload = next),
        (name) => !(name in given) && !k_not_a_person_s.includes(name), this.#memberProblems())}`;
  }

  // payload_invalid says which member by a JSON pointer.
  #memberProblems(): Record<string, string> {
    const pointer = String(this.problem?.details.path ?? '');
    return pointer.startsWith('/') ? {[pointer.split('/')[1]]: this.problem!.detail} : {};
  }

  #signing() {
    const {signature} = this.action;
    if (signature === 'none') return nothing;
    if (this.standing === 'active') {
      return html`<p class="muted">${t(this.#signs ? 'sign.will' : 'sign.without')}
        ${signature === 'possible' ? html`<wa-button size="s" appearance="plain" type="button"
          @click=${() => (this.unsigned = !this.unsigned)}>
            ${t(this.#signs ? 'sign.leave' : 'sign.do')}</wa-button>` : nothing}</p>`;
    }
    const needs = signature === 'required';
    if (this.standing === 'pending') {
      return html`<wa-callout variant=${needs ? 'warning' : 'neutral'}>
        ${t(needs ? 'sign.pending' : 'sign.pending_may')}</wa-callout>`;
    }
    return html`<wa-callout variant=${needs ? 'warning' : 'neutral'}>${t(needs ? 'sign.no_key' : 'sign.may')}
      <wa-button size="s" type="button" ?loading=${this.busy} @click=${this.#enrol}>${t('account.enrol')}</wa-button>
    </wa-callout>`;
  }

  override render() {
    if (!this.spec) return skeleton(3); // a form without its fields could be sent without them
    const isGrave = grave.includes(this.action.event);
    const cannotSign = this.action.signature === 'required' && this.standing !== 'active';
    return html`<form class="stack" data-form=${this.action.event} @submit=${this.#submit}>
      ${this.newer ? html`<sg-conflict .seen=${this.instance} .newest=${this.newer}
        collection=${this.collection}></sg-conflict>`
        : problemView(this.problem)}
      ${this.newer && this.problem?.code !== 'version_mismatch' ? problemView(this.problem) : nothing}
      ${this.#fields(this.spec)} ${isGrave ? html`<p class="muted">${t('grave')}</p>` : nothing} ${this.#signing()}
      <div class="row end">
        ${this.cancellable ? html`<wa-button type="button" appearance="plain"
          @click=${() => this.dispatchEvent(new CustomEvent('cancelled'))}>${t('cancel')}</wa-button>` : nothing}
        <wa-button type="submit" variant=${isGrave ? 'danger' : 'brand'} ?loading=${this.busy} ?disabled=${cannotSign}>
          ${this.action.label}</wa-button>
      </div>
    </form>`;
  }
}
