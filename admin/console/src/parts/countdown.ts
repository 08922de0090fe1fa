// How long until a moment, counted by the service's clock as far as it is known.
import {html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {now} from '../service/clock';
import {exactly, lasting} from '../text/time';
import {Part} from './element';

@customElement('sg-countdown')
export class Countdown extends Part {
  @property() until = '';
  #ticking = 0;

  override connectedCallback() {
    super.connectedCallback();
    this.#ticking = window.setInterval(() => this.requestUpdate(), 1000);
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }
  override render() {
    const left = Date.parse(this.until) - now();
    this.classList.toggle('over', left < 0);
    this.classList.toggle('soon', left >= 0 && left < 30 * 60_000);
    return html`<time datetime=${this.until} title=${exactly(this.until)} role="timer">${lasting(left)}</time>`;
  }
}
