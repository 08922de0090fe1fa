// One event's form in a dialog: filled in, signed where it is wanted, sent; a refusal is shown beside what was written.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import {fieldsOf} from '../form/fields';
import {filledBy} from '../form/events';
import {NoKey} from '../keys/signer';
import {deviceKey} from '../keys/store';
import {get, type Problem} from '../service/client';
import {newKey, send} from '../service/send';
import {me} from '../service/session';
import type {Action, EventSpec, Instance} from '../service/types';
import {eventSpec} from '../service/workflows';
import {t} from '../text/text';
import {grave} from './actions';
import {Part} from './element';
import {problemOf, problemView} from './problem';
import {skeleton} from './states';
import {toast} from './toast';

@customElement('sg-action-dialog')
export class ActionDialog extends Part {
  @property({attribute: false}) instance!: Instance;
  @property({attribute: false}) action!: Action;
  @property() collection = '';
  @state() private spec: EventSpec | null = null;
  @state() private payload: Record<string, any> = {};
  @state() private busy = false;
  @state() private problem: Problem | null = null;
  @state() private newer: Instance | null = null; // what somebody else made of it meanwhile
  @state() private hasKey = false;
  #key = newKey();

  override async connectedCallback() {
    super.connectedCallback();
    this.hasKey = !!(await deviceKey(me()!.id));
    this.spec = await eventSpec(this.instance.workflow, this.action.event);
    this.payload = filledBy(this.action.event, this.instance);
  }

  get #signs() {
    return this.action.signature === 'required' || (this.action.signature === 'possible' && this.hasKey);
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
    if (error instanceof NoKey) this.hasKey = false;
    this.#key = newKey(); // what is sent next is another request
    if (this.problem?.code !== 'version_mismatch') return;
    this.newer = await get<Instance>(`/${this.collection}/${this.instance.id}`).catch(() => null);
    if (this.newer) this.payload = {...this.payload, ...filledBy(this.action.event, this.newer)};
  }

  #conflict() {
    if (!this.newer) return nothing;
    const before = this.instance, after = this.newer;
    const changed = Object.keys({...before.data, ...after.data})
      .filter((name) => JSON.stringify(before.data[name]) !== JSON.stringify(after.data[name]));
    return html`<wa-callout variant="warning" class="conflict" role="alert"><strong>${t('conflict.title')}</strong>
      <table><tr><td></td><th>${t('conflict.seen')}</th><th>${t('conflict.now')}</th></tr>
        <tr><th>${t('state')}</th><td>${before.state_label}</td><td>${after.state_label}</td></tr>
        ${changed.map((name) => html`<tr><th>${name}</th><td><code>${JSON.stringify(before.data[name]) ?? '–'}</code></td>
          <td><code>${JSON.stringify(after.data[name]) ?? '–'}</code></td></tr>`)}
      </table><p>${t('conflict.go_on')}</p></wa-callout>`;
  }

  #fields() {
    if (!this.spec) return skeleton(2);
    const schema = this.spec.payload_schema;
    const given = filledBy(this.action.event, this.instance);
    return fieldsOf(schema, schema, this.payload, (next) => (this.payload = next),
      (name) => !(name in given) && !k_not_a_person_s.includes(name), this.#memberProblems());
  }

  // payload_invalid says which member by a JSON pointer.
  #memberProblems(): Record<string, string> {
    const pointer = String(this.problem?.details.path ?? '');
    return pointer.startsWith('/') ? {[pointer.split('/')[1]]: this.problem!.detail} : {};
  }

  #closed(event: Event) {
    if (event.target === event.currentTarget) this.dispatchEvent(new CustomEvent('closed'));
  }

  override render() {
    const isGrave = grave.includes(this.action.event);
    const cannotSign = this.action.signature === 'required' && !this.hasKey;
    return html`<wa-dialog open label=${this.action.label} @wa-after-hide=${this.#closed}>
      <form class="stack" id="action-form" @submit=${this.#submit}>
        ${this.#conflict()} ${this.newer ? nothing : problemView(this.problem)} ${this.#fields()}
        ${isGrave ? html`<p class="muted">${t('grave')}</p>` : nothing}
        ${cannotSign ? html`<wa-callout variant="warning">${t('sign.no_key')}
          <a href="/console/account">${t('sign.make_key')}</a></wa-callout>` : nothing}
        ${this.#signs && !cannotSign ? html`<p class="muted">${t('sign.will')}</p>` : nothing}
        <div class="row end">
          <wa-button type="button" appearance="plain"
            @click=${() => ((this.querySelector('wa-dialog') as any).open = false)}>${t('cancel')}</wa-button>
          <wa-button type="submit" variant=${isGrave ? 'danger' : 'brand'} ?loading=${this.busy} ?disabled=${cannotSign}>
            ${this.action.label}</wa-button>
        </div>
      </form>
    </wa-dialog>`;
  }
}

// Members by which the system says why it acts itself.
const k_not_a_person_s = ['timer', 'due', 'cause', 'ref', 'role', 'signed'];
