// Where a contractor begins: what waits for them, what they were writing, and a new application, empty or like another.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {confirmed} from '../parts/confirm';
import '../parts/countdown';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {empty, shown} from '../parts/states';
import {go, searchOf} from '../router';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';
import {moment, span} from '../text/time';
import {applicationLike, firstApplication, renewalOf} from './application';
import {reasonOf} from './beginning';
import {type Application, type Draft, drafts, dropDraft, keepDraft, newDraft} from './drafts';
import {earlierPermits, templates} from './earlier';
import {registers} from './registers';
import {isRenewable, type Waiting, waiting} from './waiting';

const k_most_templates = 6;

@customElement('sg-apply-start')
export class ApplyStart extends Part {
  @state() private busy = '';
  @state() private problem: unknown;

  #permits = new Task(this, {task: earlierPermits, args: () => [language()] as const});
  #drafts = new Task(this, {task: drafts, args: () => [] as const});

  // Another page's link says what is wanted: "?like=" or "?renew=" of a permit.
  override connectedCallback() {
    super.connectedCallback();
    const {like, renew} = searchOf();
    if (like) void this.#begin(`like ${like}`, () => applicationLike(like));
    else if (renew) void this.#begin(`renew ${renew}`, () => renewalOf(renew));
  }

  async #begin(name: string, first: () => Promise<Application>) {
    if (this.busy) return;
    this.busy = name;
    this.problem = undefined;
    try {
      const draft = newDraft(await first());
      await keepDraft(draft);
      go(`apply/${draft.id}`, {replace: location.search !== ''});
    } catch (error) {
      this.problem = error;
    }
    this.busy = '';
  }

  async #drop(draft: Draft) {
    if (!(await confirmed(t('apply.drop_question'), t('apply.drop')))) return;
    await dropDraft(draft.id);
    await this.#drafts.run();
  }

  #draftView = (draft: Draft) => html`<li class="item"><a href="/console/apply/${draft.id}">
      <strong>${draft.value.work ?? t('apply.unnamed')}</strong>
      <span class="muted">${draft.value.place?.address ?? ''} ·
        ${t('apply.touched', {time: moment(draft.at)})}</span></a>
    <span class="row"><wa-button size="s" appearance="plain" @click=${() => this.#drop(draft)}>${t('apply.drop')}
      </wa-button></span></li>`;

  #waitingView = ({permit, words, until}: Waiting) => html`<li><a class="item" data-state=${permit.state}
      href="/console/${['Returned', 'Draft'].includes(permit.state) ? 'apply' : 'permits'}/${permit.id}">
    <span class="item-head"><strong>${permit.data.number ?? t('permit.draft')} · ${words}</strong>
      ${badge(permit.state, permit.state_label)}</span>
    <span>${permit.data.application.work}</span>
    ${permit.state === 'Returned' ? html`<span class="remedy">${reasonOf(permit)}</span>` : nothing}
    <span class="muted">${permit.data.application.place.address}
      ${until ? html` · <sg-countdown until=${until}></sg-countdown>` : nothing}</span></a></li>`;

  #offerView(permit: Instance, does: 'like' | 'renew', first: (id: string) => Promise<Application>) {
    const {work, place, starts, ends} = permit.data.application;
    const name = `${does} ${permit.id}`;
    return html`<li class="item offer" data-id=${permit.id}><span><strong>${work}</strong></span>
      <span class="muted">${place.address} · ${span(starts, ends)}</span>
      <wa-button size="s" appearance="outlined" data-does=${does} ?loading=${this.busy === name}
        @click=${() => this.#begin(name, () => first(permit.id))}>${t(`apply.${does}`)}</wa-button></li>`;
  }

  #lists(permits: Instance[]) {
    const waits = waiting(permits);
    const mine = (this.#drafts.value ?? []).filter(({id}) => !waits.some(({permit}) => permit.id === id));
    const again = templates(permits).slice(0, k_most_templates);
    const live = permits.filter(isRenewable);
    return html`
      ${waits.length ? html`<section><h2>${t('apply.waits')}</h2>
        <ul class="items">${waits.map(this.#waitingView)}</ul></section>` : nothing}
      ${mine.length ? html`<section><h2>${t('apply.drafts')}</h2>
        <ul class="items">${mine.map(this.#draftView)}</ul></section>` : nothing}
      ${live.length ? html`<section><h2>${t('apply.live')}</h2>
        <ul class="items">${live.map((one) => this.#offerView(one, 'renew', renewalOf))}</ul></section>` : nothing}
      <section><h2>${t('apply.again')}</h2>
        ${again.length
          ? html`<ul class="items">${again.map((one) => this.#offerView(one, 'like', applicationLike))}</ul>`
          : empty('permit', t('apply.no_earlier'))}</section>`;
  }

  override render() {
    return html`<div class="start"><h1>${t('apply.title')}</h1>
      <p><wa-button variant="brand" size="l" data-does="new" ?loading=${this.busy === 'new'}
        @click=${() => this.#begin('new', async () => firstApplication(await registers()))}>
        ${icon('add')} ${t('apply.new')}</wa-button></p>
      ${problemView(this.problem)}
      ${shown(this.#permits, (permits) => this.#lists(permits))}</div>`;
  }
}
