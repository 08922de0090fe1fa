// One event's form in a dialog.
import {html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import type {Action, Instance} from '../service/types';
import './action-form';
import {Part} from './element';

@customElement('sg-action-dialog')
export class ActionDialog extends Part {
  @property({attribute: false}) instance!: Instance;
  @property({attribute: false}) action!: Action;
  @property() collection = '';
  @property({attribute: false}) given: Record<string, unknown> = {};

  #closed(event: Event) {
    if (event.target === event.currentTarget) this.dispatchEvent(new CustomEvent('closed'));
  }

  override render() {
    return html`<wa-dialog open label=${this.action.label} @wa-after-hide=${this.#closed}>
      <sg-action-form .instance=${this.instance} .action=${this.action} collection=${this.collection} cancellable
        .given=${this.given} @done=${() => this.dispatchEvent(new CustomEvent('done'))}
        @cancelled=${() => ((this.querySelector('wa-dialog') as any).open = false)}></sg-action-form>
    </wa-dialog>`;
  }
}
