// An application in steps: kept on this device with every letter, judged while it is written, sent at the end.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {findingsView, problemView} from '../parts/problem';
import {shown} from '../parts/states';
import {toast} from '../parts/toast';
import {go} from '../router';
import {type Language, language, t} from '../text/text';
import {clock} from '../text/time';
import {changedView, returnedView} from './beginning';
import {type Form, objections} from './form';
import {load, type Loaded} from './load';
import {memberOf} from './preview';
import {checkStep} from './step-check';
import {k_check, stepOf, steps} from './steps';
import {verdictLine, verdictView} from './verdict';
import {Writing} from './writing';

const k_focusable = 'input, textarea, wa-input, wa-textarea, wa-select, wa-switch, wa-button';

@customElement('sg-apply')
export class Apply extends Part {
  @property({attribute: false}) parameters!: {id: string};
  readonly #writing = new Writing(this);

  #loaded: Task<readonly [string, Language], Loaded> = new Task(this, {
    task: async ([id, _]) => {
      const known = this.#loaded.value;
      const is_same = known && this.#writing.draft?.id === id; // stored meanwhile, or in the other language
      const loaded = is_same ? {...known, draft: this.#writing.draft!} : await load(id);
      this.#writing.begin(loaded);
      return loaded;
    },
    args: () => [this.parameters.id, language()] as const,
  });

  async #send(isFinal: boolean) {
    if (!(await this.#writing.send(isFinal))) return;
    const {id} = this.#writing.draft!;
    if (!isFinal) toast(t('apply.stored'));
    go(isFinal ? `apply/${id}/outcome` : `apply/${id}`, {replace: true});
  }

  /** Shows a step, at the member's own field if one is meant. */
  async #step(step: number, member = '') {
    this.#writing.goTo(step);
    await this.updateComplete;
    const place = member ? this.querySelector(`[data-member="${member}"]`) : null;
    const target = place?.matches(k_focusable) ? place : place?.querySelector(k_focusable);
    ((target ?? this.querySelector('h2')) as HTMLElement | null)?.focus();
    if (!target) scrollTo(0, 0);
  }

  #stepsView(now: number, form: Form) {
    const bad = new Set(form.objections.filter(({path}) => path).map(({path}) => stepOf(memberOf(path))));
    const titles = [...steps.map(({title}) => title), 'step.check' as const];
    const mark = html`<span class="step-bad">${icon('alert')}<span class="unseen">${t('apply.step_bad')}</span></span>`;
    return html`<ol class="steps">${titles.map((title, i) => html`<li>
      <button type="button" class=${i < now ? 'past' : ''}
        aria-current=${i === now ? 'step' : nothing} @click=${() => this.#step(i)}>
      <span class="step-number">${i + 1}</span><span class="step-title">${t(title)}</span>
      ${bad.has(i) ? mark : nothing}</button></li>`)}</ol>`;
  }

  #buttons(now: number, is_complete: boolean) {
    const {busy} = this.#writing;
    return html`<div class="row end">
      ${now ? html`<wa-button appearance="outlined" @click=${() => this.#step(now - 1)}>${t('apply.back')}</wa-button>`
        : nothing}
      ${now < k_check
        ? html`<wa-button variant="brand" data-does="next" @click=${() => this.#step(now + 1)}>
            ${t('apply.next')}</wa-button>`
        : html`<wa-button appearance="outlined" data-does="store" ?disabled=${!is_complete || busy}
            @click=${() => this.#send(false)}>${t('apply.store')}</wa-button>
          <wa-button variant="brand" data-does="submit" ?loading=${busy} ?disabled=${!is_complete}
            @click=${() => this.#send(true)}>${icon('check')} ${t('apply.submit')}</wa-button>`}</div>`;
  }

  #foot(now: number, is_complete: boolean) {
    const {preview, unkept, draft} = this.#writing;
    return html`<div class="step-foot"><div class="step-said">${verdictLine(preview)}
        <span class=${unkept ? 'field-problem' : 'muted'}>${unkept ? t('apply.unkept')
          : t('apply.kept', {time: clock(draft!.at)})}</span></div>
      ${this.#buttons(now, is_complete)}</div>`;
  }

  #aside(form: Form) {
    return html`<aside class="card" aria-label=${t('apply.verdict')}>${verdictView(form.preview)}
      ${findingsView(objections(form))}</aside>`;
  }

  #page(loaded: Loaded) {
    const {draft, newer, problem, busy} = this.#writing;
    if (!draft) return nothing;
    const form = this.#writing.form(loaded);
    const missing = this.#writing.missing(form);
    const now = Math.min(draft.step, k_check);
    return html`<div class="applying"><div class="stack">${returnedView(loaded.permit)} ${changedView(newer, form)}
      ${this.#stepsView(now, form)}
      <section class="card stack step" data-step=${now} ?inert=${busy}><h2 tabindex="-1">${t(steps[now]?.title ?? 'step.check')}</h2>
        ${steps[now]?.view(form) ?? checkStep(form, missing, (member) => this.#step(stepOf(member), member))}
        ${newer ? nothing : problemView(problem)}</section>
      ${this.#foot(now, !missing.needed.length)}</div>
      ${now < k_check ? this.#aside(form) : nothing}</div>`;
  }

  override render() {
    return html`<h1>${t('apply.title')}</h1>${shown(this.#loaded, (loaded) => this.#page(loaded))}`;
  }
}
