// Handing one report to another authority: one officer proposes it with the recipient's certificate, another confirms
// it with the code and gets the file.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import {keepFile} from '../audit/evidence';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {Trying} from '../parts/trying';
import {t} from '../text/text';
import {moment} from '../text/time';
import {confirmExport, proposedExport, proposeExport, type Proposal, type Recipient, type Report} from './reports';

const recipientView = ({subject, fingerprint}: Recipient) => html`<p>${t('intake.recipient', {subject})}</p>
  <p class="muted">${t('intake.fingerprint')} <code>${fingerprint}</code></p>`;

/** On a report's page. */
@customElement('sg-intake-export')
export class ExportForm extends Trying {
  @property({attribute: false}) report!: Report;
  @state() private certificate = '';
  @state() private proposed: {code: string; expires: string; recipient: Recipient} | null = null;

  async #choose(event: Event) {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file) this.certificate = await file.text();
  }

  async #propose(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) return;
    await this.attempt(async () => (this.proposed = await proposeExport(this.report.id, this.certificate)));
  }

  #told() {
    const {code, expires, recipient} = this.proposed!;
    return html`${recipientView(recipient)}<p role="status">${t('intake.export_told', {time: moment(expires)})}
      <code>${code}</code></p>`;
  }

  override render() {
    return html`<section class="card stack"><h2>${t('intake.export')}</h2>
      ${this.proposed ? this.#told() : html`<form class="stack" data-form="export" @submit=${this.#propose}>
        <p>${t('intake.export_about')}</p>
        <wa-textarea label=${t('intake.certificate')} rows="4" maxlength="16384" required .value=${this.certificate}
          @input=${(event: any) => (this.certificate = event.target.value)}></wa-textarea>
        <input type="file" accept=".pem,.crt,.cer" aria-label=${t('intake.certificate')} @change=${this.#choose}>
        ${problemView(this.problem)}
        <div class="row end"><wa-button type="submit" appearance="outlined" ?loading=${this.busy}>
          ${t('intake.export_propose')}</wa-button></div></form>`}</section>`;
  }
}

/** Beside the list of reports. */
@customElement('sg-intake-confirm')
export class ExportConfirm extends Trying {
  @state() private code = '';
  @state() private proposal: Proposal | null = null;

  async #look(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy || !this.code) return;
    await this.attempt(async () => (this.proposal = await proposedExport(this.code)));
  }

  async #confirm() {
    await this.attempt(async () => {
      keepFile({name: 'report.p7m', bytes: await confirmExport(this.code)}, 'application/pkcs7-mime');
      this.proposal = null;
      this.code = '';
    });
  }

  #asked({report, recipient}: Proposal) {
    return html`<p><a href="/console/intake/${report}">${t('intake.report')}</a></p>${recipientView(recipient)}
      <div class="row end"><wa-button variant="brand" ?loading=${this.busy} data-action="confirm-export"
        @click=${this.#confirm}>${icon('download')} ${t('intake.export_confirm')}</wa-button></div>`;
  }

  override render() {
    return html`<section class="card stack"><h2>${t('intake.export_other')}</h2>
      <form class="stack" data-form="confirm" @submit=${this.#look}>
        <wa-input label=${t('intake.export_code')} maxlength="12" autocomplete="off" .value=${this.code}
          @input=${(event: any) => {
            this.code = event.target.value.trim().toLowerCase();
            this.proposal = null;
          }}></wa-input>
        <div class="row end"><wa-button type="submit" appearance="outlined" ?loading=${this.busy}>
          ${t('intake.export_look')}</wa-button></div></form>
      ${problemView(this.problem)}${this.proposal ? this.#asked(this.proposal) : nothing}</section>`;
  }
}
