// One permit on the phone of whoever is on site: what runs out, what is to be done next, and what waits to be sent.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/details/details.js';
import type {Item} from '../field/database';
import {forecast} from '../field/projection';
import {isOpen, itemsOf, queueChanged} from '../field/queue';
import {badge} from '../parts/badge';
import '../parts/countdown';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {findingsView} from '../parts/problem';
import {shown} from '../parts/states';
import {followOne} from '../service/follow';
import {me, sessionChanged} from '../service/session';
import {language, t} from '../text/text';
import {moment, span} from '../text/time';
import {type Item as Check, checklist, otherReasons} from './checklist';
import {clocksOf, watchEnds} from './clocks';
import './deed';
import {nameIn, personName, watchOf} from './part';
import './queue-view';
import './readiness';
import {knownPack, knownPermit, knownWorkflow} from './sources';
import {blocked, type Step, steps, type View} from './steps';

const k_again_milliseconds = 30_000;
const k_soon_milliseconds = 3000; // when there is network and yet no answer

@customElement('sg-site-permit')
export class SitePermit extends Part {
  @property({attribute: false}) parameters!: {id: string};
  @state() private items: Item[] = [];
  @state() private chosen: Step | null = null;
  #stop = () => {};
  #again = 0;
  #soon = 0;
  #open = 0; // of the queue, when it was last read

  #seen = new Task(this, {
    task: async ([id]) => {
      const {value: permit, at, fresh} = await knownPermit(id);
      clearTimeout(this.#soon);
      if (!fresh && navigator.onLine) this.#soon = window.setTimeout(this.#run, k_soon_milliseconds);
      const [workflow, pack] = await Promise.all([knownWorkflow(), knownPack(permit)]);
      return {permit, at, fresh, workflow, pack};
    },
    args: () => [this.parameters.id, language()] as const,
  });

  readonly #read = async () => {
    this.items = await itemsOf(me()!.id);
    const open = this.items.filter(isOpen).length;
    if (open < this.#open) void this.#seen.run();
    this.#open = open;
  };
  readonly #run = () => void (me() && this.#seen.run());

  override connectedCallback() {
    super.connectedCallback();
    queueChanged.addEventListener('changed', this.#read);
    sessionChanged.addEventListener('changed', this.#run);
    addEventListener('online', this.#run);
    addEventListener('offline', this.#run);
    // Others work at the same permit, and what may be done changes with time alone; but a form that is open is not pulled
    // away under a thumb.
    const look = () => void (!this.chosen && this.#run());
    this.#stop = followOne(() => this.parameters.id, look);
    this.#again = window.setInterval(look, k_again_milliseconds);
    void this.#read();
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    queueChanged.removeEventListener('changed', this.#read);
    sessionChanged.removeEventListener('changed', this.#run);
    removeEventListener('online', this.#run);
    removeEventListener('offline', this.#run);
    this.#stop();
    clearInterval(this.#again);
    clearTimeout(this.#soon);
  }

  #done() {
    this.chosen = null;
    void this.#seen.run();
  }

  #head({permit}: View) {
    const {application, number} = permit.data;
    return html`<div class="row"><h1>${number}</h1>${badge(permit.state, permit.state_label)}</div>
      <p class="lead">${application.work}</p>
      <p class="muted">${icon('place')} ${application.place.address} · ${span(application.starts, application.ends)}</p>
      <p class="muted">${icon('watch')} ${t('site.watch', {name: personName(permit, watchOf(permit))})} ·
        ${t(permit.data.watch?.on_site ? 'site.on_site' : 'site.not_on_site')}</p>`;
  }

  #clocks({permit, pack}: View) {
    const [first, ...others] = clocksOf(permit, pack);
    const stands = permit.state === 'FireWatch' && !watchEnds(permit);
    const line = (until: number) => html`<sg-countdown until=${new Date(until).toISOString()}></sg-countdown>`;
    return html`<section class="card clocks" aria-label=${t('site.clocks')}>
      ${stands ? html`<p class="field-problem">${t('site.clock.stands')}</p>` : nothing}
      ${first ? html`<p class="big"><span>${t(first.name)}</span>${line(first.until)}</p>` : nothing}
      ${others.map(({name, until}) => html`<p class="small"><span>${t(name)}</span>${line(until)}</p>`)}
    </section>`;
  }

  #button(step: Step) {
    return html`<wa-button size="l" class="thumb" data-event=${step.spec.name} ?disabled=${step.needsNetwork}
      variant=${step.grave ? 'danger' : step.due ? 'brand' : 'neutral'} appearance=${step.due ? 'accent' : 'outlined'}
      @click=${() => (this.chosen = step)}>${icon(step.icon)}
      <span class="thumb-words">${step.spec.label}${step.words ? html`<small>${step.words}</small>` : nothing}
        ${step.needsNetwork ? html`<small>${t('site.needs_network')}</small>` : nothing}</span></wa-button>`;
  }

  // Each button stays itself: what is under a thumb must not become another step when others come or go.
  #buttons(all: Step[]) {
    return html`<div class="thumbs">
      ${repeat(all, ({spec, words}) => spec.name + words, (step) => this.#button(step))}</div>`;
  }

  #steps(view: View) {
    const all = steps(view), due = all.filter((step) => step.due), others = all.filter((step) => !step.due);
    return html`<section aria-label=${t('permit.next')}><h2>${t('permit.next')}</h2>
        ${this.#buttons(due)}
        ${due.length ? nothing : html`<p class="muted">${t('site.nothing_due')}</p>`}</section>
      ${this.#blocked(view)}
      ${others.length ? html`<section aria-label=${t('site.others')}><h2>${t('site.others')}</h2>
        ${this.#buttons(others)}</section>` : nothing}`;
  }

  #blocked(view: View) {
    const found = blocked(view);
    if (!found) return nothing;
    const open = checklist(view.permit, view.pack).filter(({done}) => !done).length;
    return html`<div class="thumbs"><wa-button size="l" class="thumb" disabled data-blocked=${found.spec.name}>
        ${icon('clock')} <span class="thumb-words">${found.spec.label}
        <small>${open ? t('site.open', {count: open}) : t('site.open_else')}</small></span></wa-button></div>
      ${findingsView(otherReasons(found.action?.reasons ?? []))}`;
  }

  #checks({permit, pack}: View) {
    if (!['Approved', 'SiteReady', 'Suspended'].includes(permit.state)) return nothing;
    const row = ({code, words, done, note}: Check) => html`<li class=${done ? 'done' : 'open'} data-check=${code}
      data-done=${done}><span class="tick">${icon(done ? 'check' : 'clock')}</span>
      <span>${words} <small class="muted">${note}</small></span>
      <span class="visually-hidden">${t(done ? 'site.check.done' : 'site.check.open')}</span></li>`;
    return html`<section class="card"><h2>${t('site.checklist')}</h2>
      <ul class="checks">${checklist(permit, pack).map(row)}</ul></section>`;
  }

  override render() {
    return shown(this.#seen, ({permit, at, fresh, workflow, pack}) => {
      const offline = !fresh;
      const ahead = forecast(permit, this.items, nameIn(permit), workflow);
      const view: View = {permit: ahead, workflow, pack, fresh, offline};
      return html`${this.#head(view)}
        ${offline ? html`<p class="muted">${icon('offline')} ${t('site.as_of', {time: moment(at)})}</p>` : nothing}
        <sg-readiness></sg-readiness>
        ${this.#clocks(view)} ${this.#steps(view)} ${this.#checks(view)}
        <sg-queue permit=${permit.id}></sg-queue>
        <p><a href="/console/permits/${permit.id}">${t('site.whole')}</a></p>
        ${this.chosen ? html`<sg-deed .view=${view} .step=${this.chosen} @done=${this.#done} @stale=${this.#run}
          @closed=${this.#done}></sg-deed>` : nothing}`;
    });
  }
}
