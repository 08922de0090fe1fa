// What the console's elements have in common: light DOM (one stylesheet, labels that reach their fields) and a new
// rendering when the language changes.
import {LitElement} from 'lit';
import {languageChanged} from '../text/text';

export class Part extends LitElement {
  protected override createRenderRoot() {
    return this;
  }
  readonly #again = () => this.requestUpdate();
  override connectedCallback() {
    super.connectedCallback();
    languageChanged.addEventListener('changed', this.#again);
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    languageChanged.removeEventListener('changed', this.#again);
  }
}
