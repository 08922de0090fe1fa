// A record of the register, chosen by typing some of its name or code.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Part} from '../parts/element';
import {records} from '../service/records';
import {t} from '../text/text';

let lists = 0; // each has a name of its own

@customElement('sg-record')
export class RecordField extends Part {
  @property() kind = '';
  @property() label = '';
  @property({type: Boolean}) required = false;
  @property() value = '';
  @state() private found: {key: string; name: string}[] = [];

  override async connectedCallback() {
    super.connectedCallback();
    this.found = await records(this.kind).catch(() => []);
  }

  readonly #list = `records-${++lists}`;

  #choose(event: Event) {
    event.stopPropagation(); // the input's own event has no detail
    const detail = (event.target as HTMLInputElement).value.trim();
    this.dispatchEvent(new CustomEvent('change', {detail}));
  }

  override render() {
    const chosen = this.found.find((one) => one.key === this.value);
    return html`<label class="plain-field"><span class="field-label">${this.label}${this.required ? ' *' : ''}</span>
      <input list=${this.#list} ?required=${this.required} .value=${this.value} placeholder=${t('record.placeholder')}
        @change=${this.#choose}>
      <span class="muted">${chosen?.name ?? ''}</span>
      <datalist id=${this.#list}>${this.found.map((one) => html`<option value=${one.key}>${one.name}</option>`)}</datalist>
    </label>`;
  }
}
