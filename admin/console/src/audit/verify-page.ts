// Verifying an evidence bundle here: a file dropped on the page, a key from elsewhere, a verdict a step. Nothing is
// sent.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/details/details.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {type Key, t} from '../text/text';
import {type Handed, taken} from './handed';
import {Unusable} from './verify/archive';
import {parseVerifier, type Verifier} from './verify/note';
import type {Verdict} from './verify/verdict';
import {verifyBundle} from './verify/verify';
import {verdictView} from './verdict-view';

const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);

@customElement('sg-verify')
export class VerifyPage extends Part {
  @state() private bundle: Handed | null = taken();
  @state() private logKeys = '';
  @state() private witnessKeys = '';
  @state() private witnessesNeeded = 0;
  @state() private isOwnKey = false; // taken from this service, which is the one in question
  @state() private problem = '';
  @state() private share: number | null = null; // of the steps, 0 to 1
  @state() private verdict: Verdict | null = null;
  @state() private isOver = false; // a file hovers over the page

  async #take(file?: File) {
    if (!file) return;
    this.#forget();
    this.bundle = {name: file.name, bytes: new Uint8Array(await file.arrayBuffer())};
  }

  #forget() {
    this.verdict = null;
    this.problem = '';
  }

  async #takeOwnKey() {
    this.#forget();
    const answer = await fetch('/log/vkey').catch(() => null);
    if (!answer?.ok) return void (this.problem = t('verify.no_own_key'));
    this.logKeys = (await answer.text()).trim();
    this.isOwnKey = true;
  }

  // Null when one is none of that kind: said, not left out.
  async #keys(text: string, kinds: string[], said: Key): Promise<Verifier[] | null> {
    const keys = await Promise.all(linesOf(text).map(parseVerifier));
    if (keys.every((key) => key && kinds.includes(key.kind))) return keys as Verifier[];
    this.problem = t(said);
    return null;
  }

  async #verify(event: SubmitEvent) {
    event.preventDefault();
    this.#forget();
    if (!this.bundle) return void (this.problem = t('verify.no_file'));
    if (!crypto.subtle) return void (this.problem = t('verify.insecure'));
    const logs = await this.#keys(this.logKeys, ['log', 'other'], 'verify.bad_key');
    const witnesses = logs && await this.#keys(this.witnessKeys, ['witness'], 'verify.bad_witness');
    if (!logs || !witnesses) return;
    if (!logs.length) return void (this.problem = t('verify.no_key'));
    this.share = 0;
    try {
      const trust = {logs, witnesses, witnessesNeeded: this.witnessesNeeded};
      this.verdict = await verifyBundle(this.bundle.bytes, trust, (share) => (this.share = share));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      this.problem = t(`verify.unusable.${error.reason}` as Key);
    }
    this.share = null;
    await this.updateComplete;
    this.querySelector<HTMLElement>('#outcome')?.focus();
  }

  #dropZone() {
    return html`<label class="drop ${this.isOver ? 'over' : ''}"
        @dragover=${(event: DragEvent) => (event.preventDefault(), (this.isOver = true))}
        @dragleave=${() => (this.isOver = false)}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          this.isOver = false;
          void this.#take(event.dataTransfer?.files[0]);
        }}>
      ${icon('download')}
      <span>${this.bundle ? html`<strong>${this.bundle.name}</strong>` : t('verify.drop')}</span>
      <span class="muted">${this.bundle ? t('verify.another') : t('verify.where_from')}</span>
      <input type="file" accept=".zip,application/zip" @change=${(event: any) => this.#take(event.target.files[0])}>
    </label>`;
  }

  #keyFields() {
    return html`<wa-textarea class="keys-field" id="log-keys" label=${t('verify.key')} hint=${t('verify.key_hint')} rows="2"
      resize="auto"
        .value=${this.logKeys} @input=${(event: any) => {
          this.logKeys = event.target.value;
          this.isOwnKey = false;
        }}></wa-textarea>
      <div><wa-button type="button" size="s" @click=${this.#takeOwnKey}>${t('verify.own_key')}</wa-button></div>
      ${this.isOwnKey ? html`<wa-callout variant="warning" class="own-key">${t('verify.own_key_warning')}</wa-callout>`
        : nothing}
      <wa-details summary=${t('verify.witnesses')}><div class="stack">
        <wa-textarea class="keys-field" id="witness-keys" label=${t('verify.witness_keys')} rows="2" resize="auto"
          .value=${this.witnessKeys}
          @input=${(event: any) => (this.witnessKeys = event.target.value)}></wa-textarea>
        <wa-input type="number" id="witnesses-needed" min="0" max="99" label=${t('verify.witnesses_needed')}
          .value=${String(this.witnessesNeeded)}
          @input=${(event: any) => (this.witnessesNeeded = Number(event.target.value) || 0)}></wa-input>
      </div></wa-details>`;
  }

  override render() {
    return html`<h1>${t('verify.title')}</h1><p class="lead">${t('verify.lead')}</p>
      <form class="card stack" @submit=${this.#verify}>
        ${this.#dropZone()} ${this.#keyFields()}
        <div><wa-button type="submit" variant="brand"
          ?loading=${this.share !== null}>${t('verify.go')}</wa-button></div>
        ${this.share === null ? nothing : html`<wa-progress-bar label=${t('verify.going')}
          value=${Math.round(this.share * 100)}></wa-progress-bar>`}
      </form>
      <div id="outcome" tabindex="-1" aria-live="polite">
        ${this.problem ? html`<wa-callout variant="danger" class="unusable" role="alert">${icon('alert')}
          ${this.problem}
          </wa-callout>` : nothing}
        ${this.verdict ? verdictView(this.verdict, linesOf(this.logKeys)) : nothing}
      </div>`;
  }
}
