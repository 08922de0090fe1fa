// One action about one thing of a list (a conflict, a hold): a button that opens its form, where the reader may.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {Instance} from '../service/types';
import './action-dialog';
import {Part} from './element';

@customElement('sg-settle')
export class Settle extends Part {
  @property({attribute: false}) instance!: Instance;
  @property() event = '';
  @property() collection = 'permits';
  @property({attribute: false}) given: Record<string, unknown> = {}; // says which one it is about
  @state() private isOpen = false;

  #done() {
    this.isOpen = false;
    this.dispatchEvent(new CustomEvent('done'));
  }

  override render() {
    const action = this.instance.actions?.find(({event, allowed}) => event === this.event && allowed);
    if (!action) return nothing;
    return html`<wa-button size="s" @click=${() => (this.isOpen = true)}>${action.label}</wa-button>
      ${this.isOpen ? html`<sg-action-dialog .instance=${this.instance} .action=${action} collection=${this.collection}
        .given=${this.given} @done=${this.#done}
          @closed=${() => (this.isOpen = false)}></sg-action-dialog>` : nothing}`;
  }
}
