// One step on site as a sheet that fills a phone: its form, made for thumbs; sent at once, or kept on this device.
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import {fieldsOf} from '../form/fields';
import {act} from '../field/act';
import {NotReady} from '../field/recorder';
import {NoKey} from '../keys/signer';
import {deviceKey} from '../keys/store';
import {k_not_a_person_s} from '../parts/action-form';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {toast} from '../parts/toast';
import {Trying} from '../parts/trying';
import {Problem} from '../service/client';
import {me} from '../service/session';
import {resolve} from '../service/workflows';
import {listed, maybe, t} from '../text/text';
import './forms/gas-readings';
import './forms/gas-test';
import './forms/hand-over';
import './forms/pre-start';
import './forms/shift';
import type {Step, View} from './steps';

/** An event's body as of what a wall clock shows; null while something is missing. */
export type Build = ((wall: number) => Record<string, unknown>) | null;

// Forms of their own; all others are made from the event's schema.
const forms: Record<string, (view: View, change: (event: CustomEvent<Build>) => void) => TemplateResult> = {
  gas_test: ({permit, pack}, change) =>
    html`<sg-gas-test .permit=${permit} .pack=${pack} @build=${change}></sg-gas-test>`,
  gas_readings: ({permit, pack}, change) =>
    html`<sg-gas-readings .permit=${permit} .pack=${pack} @build=${change}></sg-gas-readings>`,
  pre_start_check: ({pack}, change) => html`<sg-pre-start .pack=${pack} @build=${change}></sg-pre-start>`,
  hand_over_shift: ({permit}, change) => html`<sg-shift .permit=${permit} @build=${change}></sg-shift>`,
  hand_over_watch: (_, change) => html`<sg-hand-over @build=${change}></sg-hand-over>`,
};

const k_reasons = ['gas', 'wind', 'watch', 'equipment', 'people', 'surroundings'] as const;

@customElement('sg-deed')
export class Deed extends Trying {
  @property({attribute: false}) view!: View;
  @property({attribute: false}) step!: Step;
  @state() private payload: Record<string, any> = {};
  @state() private build: Build = null;
  @state() private missing: string[] = [];
  @state() private hasKey = false;

  override async connectedCallback() {
    super.connectedCallback();
    this.payload = this.step.payload;
    this.hasKey = !!(await deviceKey(me()!.id));
  }

  get #isSpecial() {
    return this.step.spec.name in forms;
  }

  get #signs() {
    const signature = this.step.action?.signature ?? 'none';
    return signature === 'required' || (signature === 'possible' && this.hasKey);
  }

  #lacking(): string[] {
    if (this.#isSpecial) return this.build ? [] : [t('site.missing.form')];
    const {name: event, payload_schema} = this.step.spec;
    const asked = event === 'suspend' ? ['reason'] : (resolve(payload_schema, payload_schema).required ?? []);
    return asked.filter((name) => this.payload[name] === undefined).map((name) => maybe(`field.${name}`, name));
  }

  async #submit(event: SubmitEvent) {
    event.preventDefault();
    this.missing = this.#lacking();
    if (this.busy || this.missing.length) return;
    const done = await this.attempt(async () => {
      const {spec} = this.step, given = this.payload, payload = this.build ?? (() => given);
      const how = await act({permit: this.view.permit, spec, payload, sign: this.#signs});
      toast(how === 'sent' ? t('done', {what: spec.label}) : t('site.kept', {what: spec.label}));
      this.dispatchEvent(new CustomEvent('done'));
    });
    if (!done && this.#isStale) this.dispatchEvent(new CustomEvent('stale'));
  }

  get #isStale() {
    return this.problem instanceof Problem && this.problem.code === 'version_mismatch';
  }

  #fields() {
    const {spec, payload} = this.step;
    const own = forms[spec.name];
    if (own) return own(this.view, (event) => (this.build = event.detail));
    return fieldsOf(spec.payload_schema, spec.payload_schema, this.payload, (next) => (this.payload = next),
      (name) => !(name in payload) && !k_not_a_person_s.includes(name));
  }

  #reasons() {
    if (this.step.spec.name !== 'suspend') return nothing;
    return html`<div class="chips" role="group" aria-label=${t('site.reasons')}>${k_reasons.map((reason) => html`
      <button type="button" class="quick"
        @click=${() => (this.payload = {...this.payload, reason: t(`site.reason.${reason}`)})}>
        ${t(`site.reason.${reason}`)}</button>`)}</div>`;
  }

  #problem() {
    if (this.problem instanceof NotReady) {
      return html`<wa-callout variant="danger" role="alert">${t(this.problem.why)}</wa-callout>`;
    }
    if (this.problem instanceof NoKey) return html`<wa-callout variant="danger" role="alert">${t('sign.no_key')}
      <a href="/console/account">${t('sign.make_key')}</a></wa-callout>`;
    return html`${problemView(this.problem)} ${this.#isStale
      ? html`<p class="lead">${t('site.stale', {state: this.view.permit.state_label})}</p>` : nothing}`;
  }

  override render() {
    const {spec, words, grave} = this.step;
    return html`<wa-dialog open class="sheet" label=${spec.label} @wa-after-hide=${(event: Event) =>
      event.target === event.currentTarget && this.dispatchEvent(new CustomEvent('closed'))}>
      <form class="stack" novalidate @submit=${this.#submit}>
        ${words ? html`<p class="lead">${words}</p>` : nothing}
        ${this.#reasons()} ${this.#fields()}
        ${this.view.offline && spec.field ? html`<p class="muted">
          ${icon('offline')} ${t('site.will_keep')}</p>` : nothing}
        ${this.#signs ? html`<p class="muted">${t('sign.will')}</p>` : nothing}
        ${this.missing.length ? html`<p class="field-problem" role="alert">
          ${t('site.missing', {what: listed(this.missing)})}</p>` : nothing}
        ${this.#problem()}
        <wa-button type="submit" size="l" class="thumb" variant=${grave ? 'danger' : 'brand'} ?loading=${this.busy}>
          ${spec.label}</wa-button>
      </form>
    </wa-dialog>`;
  }
}
