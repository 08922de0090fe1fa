// The strip that says on every page that something on this device waits to be sent.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {isOpen, itemsOf, queueChanged} from '../field/queue';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {me, sessionChanged} from '../service/session';
import {t} from '../text/text';

@customElement('sg-waiting')
export class Waiting extends Part {
  @state() private count = 0;

  readonly #read = async () => {
    const account = me();
    this.count = account ? (await itemsOf(account.id)).filter(isOpen).length : 0;
  };

  override connectedCallback() {
    super.connectedCallback();
    queueChanged.addEventListener('changed', this.#read);
    sessionChanged.addEventListener('changed', this.#read);
    void this.#read();
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    queueChanged.removeEventListener('changed', this.#read);
    sessionChanged.removeEventListener('changed', this.#read);
  }

  override render() {
    if (!this.count) return nothing;
    return html`<p class="strip" role="status">${icon('queue')}
      <a href="/console/site">${t('site.queue.count', {count: this.count})}</a></p>`;
  }
}
