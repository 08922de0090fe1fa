// A new record of a register, or the change of one, by the schema of its workflow; a refusal stands beside what was
// written.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import {fieldsOf} from '../form/fields';
import {Part} from '../parts/element';
import {problemOf, problemView} from '../parts/problem';
import {skeleton} from '../parts/states';
import {toast} from '../parts/toast';
import type {Problem} from '../service/client';
import {newKey, send} from '../service/send';
import type {EventSpec, Instance} from '../service/types';
import {eventSpec} from '../service/workflows';
import {t} from '../text/text';

/** Tells 'registered' with the record's id, and 'closed' when it is gone. */
@customElement('sg-register-form')
export class RegisterForm extends Part {
  @property() workflow = '';
  @property() collection = '';
  @property() label = '';
  @property({attribute: false}) payload: Record<string, any> = {};
  @property({attribute: false}) record?: Instance; // that is changed; absent: a new one is registered
  @state() private spec: EventSpec | null = null;
  @state() private busy = false;
  @state() private problem: Problem | null = null;
  #key = newKey();

  override async connectedCallback() {
    super.connectedCallback();
    this.spec = await eventSpec(this.workflow, this.record ? 'amend' : 'register');
    if (!this.record) return;
    const names = Object.keys(this.spec.payload_schema.properties ?? {});
    this.payload = Object.fromEntries(Object.entries(this.record.data).filter(([name]) => names.includes(name)));
  }

  async #submit(event: SubmitEvent) {
    event.preventDefault();
    this.busy = true;
    this.problem = null;
    try {
      const {collection, record, payload} = this;
      const {id} = await send({collection, id: record?.id, event: record ? 'amend' : 'register', payload,
        version: record?.version}, this.#key);
      toast(t('done', {what: this.label}));
      this.dispatchEvent(new CustomEvent('registered', {detail: id}));
    } catch (error) {
      this.problem = problemOf(error);
      this.#key = newKey(); // what is sent next is another request
    }
    this.busy = false;
  }

  // Which member is wrong, by a JSON pointer.
  get #problems(): Record<string, string> {
    const pointer = String(this.problem?.details.path ?? '');
    return pointer.startsWith('/') ? {[pointer.split('/')[1]]: this.problem!.detail} : {};
  }

  #close = () => ((this.querySelector('wa-dialog') as any).open = false);

  override render() {
    const schema = this.spec?.payload_schema;
    return html`<wa-dialog open label=${this.label} @wa-after-hide=${(event: Event) =>
        event.target === event.currentTarget && this.dispatchEvent(new CustomEvent('closed'))}>
      <form class="stack" @submit=${this.#submit}>${problemView(this.problem)}
        ${schema ? fieldsOf(schema, schema, this.payload, (next) => (this.payload = next), () => true, this.#problems)
          : skeleton(3)}
        <div class="row end"><wa-button type="button" appearance="plain"
          @click=${this.#close}>${t('cancel')}</wa-button>
          <wa-button type="submit" variant="brand" ?loading=${this.busy}>${t(this.record ? 'amend'
            : 'register')}</wa-button></div></form>
    </wa-dialog>`;
  }
}
