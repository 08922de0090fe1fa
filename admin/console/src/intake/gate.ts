// What stands before reports: keys of one's own, a place on the roster, the passphrase.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {Trying} from '../parts/trying';
import {t} from '../text/text';
import {moment} from '../text/time';
import {enrol, type Standing, unlock} from './reports';

/** Tells "opened" once reports can be read. */
@customElement('sg-intake-gate')
export class Gate extends Trying {
  @property({attribute: false}) standing!: Standing;
  @state() private recovery = '';
  @state() private unlike = false;

  #field(form: HTMLFormElement, name: string) {
    return (form.querySelector(`[name=${name}]`) as HTMLInputElement).value;
  }

  async #enrol(event: SubmitEvent) {
    event.preventDefault();
    const form = event.target as HTMLFormElement, passphrase = this.#field(form, 'passphrase');
    this.unlike = passphrase !== this.#field(form, 'again');
    if (this.unlike || this.busy) return;
    await this.attempt(async () => (this.recovery = (await enrol(passphrase)).recovery_key));
  }

  async #unlock(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) return;
    const passphrase = this.#field(event.target as HTMLFormElement, 'passphrase');
    if (await this.attempt(() => unlock(passphrase))) this.dispatchEvent(new CustomEvent('opened'));
  }

  #passphrase(name: string, label: string, complete: string) {
    return html`<wa-input type="password" name=${name} label=${label} required password-toggle
      autocomplete=${complete}></wa-input>`;
  }

  #recoveryView() {
    return html`<section class="card"><h2>${t('intake.recovery')}</h2><p>${t('intake.recovery_about')}</p>
      <p class="recovery"><code>${this.recovery}</code></p>
      <div class="row end"><wa-button @click=${() => print()}>${t('intake.print')}</wa-button>
        <wa-button variant="brand" @click=${() => this.dispatchEvent(new CustomEvent('opened'))}>
          ${t('intake.kept')}</wa-button></div></section>`;
  }

  #enrolView() {
    return html`<form class="card stack" @submit=${this.#enrol}><h2>${t('intake.enrol')}</h2>
      <p>${t('intake.enrol_about')}</p>
      ${this.#passphrase('passphrase', t('intake.passphrase'), 'new-password')}
      ${this.#passphrase('again', t('intake.again'), 'new-password')}
      ${this.unlike ? html`<p class="field-problem" role="alert">${t('intake.unlike')}</p>` : nothing}
      ${problemView(this.problem)}
      <wa-button type="submit" variant="brand" ?loading=${this.busy}>${t('intake.enrol_do')}</wa-button></form>`;
  }

  #unlockView() {
    return html`<form class="card stack" @submit=${this.#unlock}><h2>${icon('key')} ${t('intake.locked')}</h2>
      <p>${t('intake.locked_about')}</p>
      ${this.#passphrase('passphrase', t('intake.passphrase'), 'current-password')}
      ${problemView(this.problem)}
      <wa-button type="submit" variant="brand" ?loading=${this.busy}>${t('intake.unlock')}</wa-button></form>`;
  }

  override render() {
    const {officer, roster} = this.standing;
    if (this.recovery) return this.#recoveryView();
    return html`${roster.open ? html`<p class="muted">${t('intake.roster', {
      n: roster.officers!.length, time: moment(roster.expires!)})}</p>`
      : html`<wa-callout variant="warning" role="status">${roster.reason}</wa-callout>`}
      ${officer ? this.#unlockView() : this.#enrolView()}
      ${officer && !roster.officers?.some(({id}) => id === officer) ? html`<wa-callout variant="warning" role="status">
        ${t('intake.not_on_roster')}</wa-callout>` : nothing}`;
  }
}
