// An application in steps: kept on this device with every letter, judged while it is written, sent at the end.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {findingsView, problemOf, problemView} from '../parts/problem';
import {shown} from '../parts/states';
import {toast} from '../parts/toast';
import {go} from '../router';
import type {Problem} from '../service/client';
import {sessionChanged} from '../service/session';
import type {Instance} from '../service/types';
import {type Language, language, t} from '../text/text';
import {clock} from '../text/time';
import {bodyOf, missingOf} from './application';
import {changedView, returnedView} from './beginning';
import {type Draft, keepDraft} from './drafts';
import {usualMeasures} from './earlier';
import {type Form, objections} from './form';
import {load, type Loaded} from './load';
import {memberOf, objectionOf, objectionsOf, type Preview, previewOf} from './preview';
import {permitOf, store, submit} from './sending';
import {checkStep} from './step-check';
import {k_check, stepOf, steps} from './steps';
import {verdictLine, verdictView} from './verdict';

const k_pause_milliseconds = 400; // of typing, after which the service is asked

@customElement('sg-apply')
export class Apply extends Part {
  @property({attribute: false}) parameters!: {id: string};
  @state() private draft?: Draft;
  @state() private preview?: Preview;
  @state() private problem: Problem | null = null;
  @state() private newer: Instance | null = null; // what somebody else made of the permit meanwhile
  @state() private busy = false;
  @state() private unkept = false;
  #asking?: AbortController;
  #pause = 0;
  readonly #ask = () => void this.#askPreview();

  #loaded: Task<readonly [string, Language], Loaded> = new Task(this, {
    task: async ([id, _]) => {
      if (this.draft?.id === id && this.#loaded.value) return {...this.#loaded.value, draft: this.draft};
      const loaded = await load(id);
      this.draft = loaded.draft;
      this.#later();
      return loaded;
    },
    args: () => [this.parameters.id, language()] as const,
  });

  override connectedCallback() {
    super.connectedCallback();
    addEventListener('online', this.#ask);
    sessionChanged.addEventListener('changed', this.#ask);
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('online', this.#ask);
    sessionChanged.removeEventListener('changed', this.#ask);
    clearTimeout(this.#pause);
    this.#asking?.abort();
  }

  #form(loaded: Loaded): Form {
    const said = this.preview ? objectionsOf(this.preview) : loaded.findings;
    return {...loaded, value: this.draft!.value, preview: this.preview, objections: [...objectionOf(this.problem), ...said],
      set: (name, next) => this.#set(loaded, name, next)};
  }

  #set(loaded: Loaded, name: string, next: unknown) {
    const [first, second] = name.split('.');
    const value = {...this.draft!.value};
    value[first] = second ? {...value[first], [second]: next} : next;
    if (value[first] === undefined) delete value[first];
    if (second && next === undefined) delete value[first][second];
    if (name === 'method' && !value.measures?.length) value.measures = usualMeasures(loaded.permits, String(next));
    this.problem = null;
    this.#become({...this.draft!, value});
    this.#later();
  }

  #become(draft: Draft) {
    this.draft = {...draft, at: Date.now()};
    keepDraft(this.draft).then(() => (this.unkept = false), () => (this.unkept = true));
  }

  #later() {
    clearTimeout(this.#pause);
    this.#pause = window.setTimeout(this.#ask, k_pause_milliseconds);
  }

  async #askPreview() {
    const loaded = this.#loaded.value;
    if (!loaded || !this.draft) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const body = bodyOf(this.draft.value, loaded.pack, loaded.schema);
    const answer = await previewOf(body, asking.signal).catch(() => undefined);
    if (!asking.signal.aborted) this.preview = answer;
  }

  async #send(loaded: Loaded, isFinal: boolean) {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const stored = await store(this.draft!, bodyOf(this.draft!.value, loaded.pack, loaded.schema));
      this.draft = stored.draft;
      this.newer = null;
      if (isFinal) await submit(stored);
      else toast(t('apply.stored'));
      go(isFinal ? `apply/${stored.draft.id}/outcome` : `apply/${stored.draft.id}`, {replace: true});
    } catch (error) {
      await this.#failed(error);
    }
    this.busy = false;
  }

  async #failed(error: unknown) {
    this.problem = problemOf(error);
    if (this.problem.status === 0 || this.problem.status === 401) return; // the same may be sent again
    this.draft = {...this.draft!, key: crypto.randomUUID()};
    if (this.problem.code === 'version_mismatch') {
      this.newer = await permitOf(this.draft.id).catch(() => null);
      if (this.newer) this.draft = {...this.draft, version: this.newer.version};
    }
    this.#become(this.draft);
  }

  async #step(step: number, member = '') {
    this.#become({...this.draft!, step});
    await this.updateComplete;
    const place = member ? this.querySelector(`[data-member="${member}"]`) : null;
    const target = place?.querySelector<HTMLElement>('input, textarea, wa-input, wa-textarea, wa-select, wa-button') ?? place ??
      this.querySelector('h2');
    (target as HTMLElement | null)?.focus();
    if (!member) scrollTo(0, 0);
  }

  #missing(form: Form): string[] {
    const asked = this.preview?.missing.map(({path}) => memberOf(path)) ?? [];
    return [...new Set([...missingOf(form.value, form.schema, form.pack), ...asked])];
  }

  #stepsView(now: number) {
    const titles = [...steps.map(({title}) => title), 'step.check' as const];
    return html`<ol class="steps">${titles.map((title, i) => html`<li><button type="button" class=${i < now ? 'past' : ''}
      aria-current=${i === now ? 'step' : nothing} @click=${() => this.#step(i)}>
      <span class="step-number">${i + 1}</span><span class="step-title">${t(title)}</span></button></li>`)}</ol>`;
  }

  #foot(loaded: Loaded, form: Form) {
    const now = this.draft!.step;
    const is_last = now >= k_check;
    return html`<div class="step-foot">
      <div class="step-said">${verdictLine(this.preview)}
        <span class=${this.unkept ? 'field-problem' : 'muted'}>${this.unkept ? t('apply.unkept')
          : t('apply.kept', {time: clock(this.draft!.at)})}</span></div>
      <div class="row end">
        ${now ? html`<wa-button appearance="outlined" @click=${() => this.#step(now - 1)}>${t('apply.back')}</wa-button>` : nothing}
        ${is_last ? html`<wa-button appearance="outlined" data-does="store" ?disabled=${this.#missing(form).length > 0}
            @click=${() => this.#send(loaded, false)}>${t('apply.store')}</wa-button>
          <wa-button variant="brand" data-does="submit" ?loading=${this.busy} ?disabled=${this.#missing(form).length > 0}
            @click=${() => this.#send(loaded, true)}>${icon('check')} ${t('apply.submit')}</wa-button>`
        : html`<wa-button variant="brand" data-does="next" @click=${() => this.#step(now + 1)}>${t('apply.next')}</wa-button>`}
      </div></div>`;
  }

  #page(loaded: Loaded) {
    if (!this.draft) return nothing;
    const form = this.#form(loaded);
    const now = Math.min(this.draft.step, k_check);
    const title = steps[now]?.title ?? 'step.check';
    return html`<div class="applying"><div class="stack">${returnedView(loaded.permit)} ${changedView(this.newer, form)}
      ${this.#stepsView(now)}
      <section class="card stack step" data-step=${now}><h2 tabindex="-1">${t(title)}</h2>
        ${steps[now]?.view(form) ?? checkStep(form, this.#missing(form), (member) => this.#step(stepOf(member), member))}
        ${this.newer ? nothing : problemView(this.problem)}</section>
      ${this.#foot(loaded, form)}</div>
      ${now < k_check ? html`<aside class="card" aria-label=${t('apply.verdict')}>${verdictView(this.preview)}
        ${findingsView(objections(form))}</aside>` : nothing}</div>`;
  }

  override render() {
    return html`<h1>${t('apply.title')}</h1>${shown(this.#loaded, (loaded) => this.#page(loaded))}`;
  }
}
