// To whom the watch is handed over: by the card that the next watch shows, or by number.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {icon} from '../../parts/icon';
import {t} from '../../text/text';
import '../scan';
import {type Build, Written} from './written';

@customElement('sg-hand-over')
export class HandOver extends Written {
  @state() private to = '';
  @state() private scans = false;

  protected override written() {
    return {to: this.to};
  }

  override updated() {
    const to = this.to;
    const build: Build = to ? () => ({to}) : null;
    this.tell(build);
  }

  override render() {
    return html`<div class="stack"><p class="muted">${t('site.hand_over.about')}</p>
      ${this.scans ? html`<sg-scan @found=${(e: CustomEvent) => {
        this.to = e.detail.trim();
        this.scans = false;
      }}></sg-scan>` : nothing}
      <wa-button type="button" appearance="outlined" @click=${() => (this.scans = !this.scans)}>${icon('scan')}
        ${t('site.hand_over.scan')}</wa-button>
      <label class="plain-field"><span class="field-label">${t('field.to')}</span>
        <input name="to" autocapitalize="characters" maxlength="32" .value=${this.to}
          @input=${(e: any) => (this.to = e.target.value.trim())}></label></div>`;
  }
}
