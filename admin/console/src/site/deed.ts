// One step on site as a sheet that fills a phone: its form, made for thumbs; sent at once, or kept on this device.
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import {fieldsOf} from '../form/fields';
import {act} from '../field/act';
import type {KeptAnswer} from '../field/database';
import {NotReady} from '../field/recorder';
import {dropSheet, keepSheet, keptSheet} from '../field/sheets';
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
import {moment} from '../text/time';
import './forms/gas-readings';
import './forms/gas-test';
import './forms/hand-over';
import './forms/pre-start';
import './forms/shift';
import type {Build, Told} from './forms/written';
import type {Step, View} from './steps';

// Forms of their own; all others are made from the event's schema.
type Given = Record<string, any>;
type Form = (view: View, earlier: KeptAnswer | undefined, change: (told: CustomEvent<Told>) => void) => TemplateResult;
const forms: Record<string, Form> = {
  gas_test: ({permit, pack}, earlier, change) =>
    html`<sg-gas-test .permit=${permit} .pack=${pack} .earlier=${earlier} @build=${change}></sg-gas-test>`,
  gas_readings: ({permit, pack}, earlier, change) =>
    html`<sg-gas-readings .permit=${permit} .pack=${pack} .earlier=${earlier} @build=${change}></sg-gas-readings>`,
  pre_start_check: ({pack}, earlier, change) =>
    html`<sg-pre-start .pack=${pack} .earlier=${earlier} @build=${change}></sg-pre-start>`,
  hand_over_shift: ({permit}, earlier, change) =>
    html`<sg-shift .permit=${permit} .earlier=${earlier} @build=${change}></sg-shift>`,
  hand_over_watch: (_, earlier, change) => html`<sg-hand-over .earlier=${earlier} @build=${change}></sg-hand-over>`,
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
  @state() private isReady = false;
  #earlier?: KeptAnswer; // what was written on the same sheet, and not sent
  #written = ''; // as it was kept last
  #isDone = false;

  override async connectedCallback() {
    super.connectedCallback();
    this.hasKey = !!(await deviceKey(me()!.id));
    this.#earlier = await keptSheet(this.#sheet).catch(() => undefined);
    this.payload = {...(this.#isSpecial ? {} : this.#earlier?.value), ...this.step.payload};
    this.isReady = true;
  }

  get #sheet() {
    return {permit: this.view.permit.id, event: this.step.spec.name, about: this.step.payload};
  }

  // As it is opened there is nothing to keep yet.
  #keep({position: _, ...written}: Given) {
    const text = JSON.stringify(written), before = this.#written;
    this.#written = text;
    if (this.#isDone || text === before || (!before && this.#isSpecial)) return;
    void keepSheet(this.#sheet, written).catch(() => undefined); // a browser that keeps nothing
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
      this.#isDone = true;
      await dropSheet(this.#sheet).catch(() => undefined);
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
    if (own) return own(this.view, this.#earlier, ({detail: {build, written}}) => {
      this.build = build;
      this.#keep(written);
    });
    return fieldsOf(spec.payload_schema, spec.payload_schema, this.payload, (next) => this.#write(next),
      (name) => !(name in payload) && !k_not_a_person_s.includes(name));
  }

  #write(next: Given) {
    this.payload = next;
    this.#keep(next);
  }

  #reasons() {
    if (this.step.spec.name !== 'suspend') return nothing;
    return html`<div class="chips" role="group" aria-label=${t('site.reasons')}>${k_reasons.map((reason) => html`
      <button type="button" class="quick"
        @click=${() => this.#write({...this.payload, reason: t(`site.reason.${reason}`)})}>
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

  #form() {
    const {spec, words, grave} = this.step;
    return html`<form class="stack" novalidate @submit=${this.#submit}>
      ${words ? html`<p class="lead">${words}</p>` : nothing}
      ${this.#earlier ? html`<p class="muted" data-earlier>
        ${t('site.taken_up', {time: moment(this.#earlier.at)})}</p>` : nothing}
      ${this.#reasons()} ${this.#fields()}
      ${this.view.offline && spec.field ? html`<p class="muted">
        ${icon('offline')} ${t('site.will_keep')}</p>` : nothing}
      ${this.#signs ? html`<p class="muted">${t('sign.will')}</p>` : nothing}
      ${this.missing.length ? html`<p class="field-problem" role="alert">
        ${t('site.missing', {what: listed(this.missing)})}</p>` : nothing}
      ${this.#problem()}
      <wa-button type="submit" size="l" class="thumb" variant=${grave ? 'danger' : 'brand'} ?loading=${this.busy}>
        ${spec.label}</wa-button>
    </form>`;
  }

  override render() {
    return html`<wa-dialog open class="sheet" label=${this.step.spec.label} @wa-after-hide=${(event: Event) =>
      event.target === event.currentTarget && this.dispatchEvent(new CustomEvent('closed'))}>
      ${this.isReady ? this.#form() : nothing}</wa-dialog>`;
  }
}
