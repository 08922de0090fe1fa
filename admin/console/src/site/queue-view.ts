// What was recorded without network, each with how it stands: waiting, sent, kept as a conflict, or refused.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {Item, KeptPhoto} from '../field/database';
import {dropPhoto, keptPhotosOf} from '../field/kept-photos';
import {allItems, clearDone, isOpen, queueChanged, removeItem, tellQueue} from '../field/queue';
import {flush, sendingProblem} from '../field/sender';
import {mark} from '../parts/badge';
import {confirmed} from '../parts/confirm';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {isUnreachable} from '../field/answers';
import {now} from '../service/clock';
import {me} from '../service/session';
import {t} from '../text/text';
import {clock, exactly} from '../text/time';

const variants = {waiting: 'warning', sent: 'success', conflict: 'danger', refused: 'danger'} as const;

@customElement('sg-queue')
export class Queue extends Part {
  @property() permit = ''; // only of that permit; all without
  @state() private items: Item[] = [];
  @state() private photos: KeptPhoto[] = [];
  @state() private others: string[] = []; // who else has something waiting on this device
  @state() private busy = false;

  readonly #read = async () => {
    const all = await allItems(), account = me()!.id;
    this.items = all.filter((item) => item.account === account && (!this.permit || item.claim.permit === this.permit));
    const others = all.filter((item) => item.account !== account && isOpen(item));
    this.others = [...new Set(others.map(({person}) => person))];
    this.photos = await keptPhotosOf(account);
    this.requestUpdate();
  };

  override connectedCallback() {
    super.connectedCallback();
    queueChanged.addEventListener('changed', this.#read);
    void this.#read();
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    queueChanged.removeEventListener('changed', this.#read);
  }

  async #send() {
    this.busy = true;
    await flush();
    this.busy = false;
  }

  async #remove(item: Item) {
    if (await confirmed(t('site.queue.remove_question'))) await removeItem(item.id);
  }

  async #dropPhoto({sha256}: KeptPhoto) {
    if (!(await confirmed(t('site.queue.photo_question')))) return;
    await dropPhoto(sha256);
    tellQueue();
  }

  #photos() {
    const refused = this.photos.filter(({problem}) => problem), waiting = this.photos.length - refused.length;
    return html`${waiting ? html`<p class="muted">${t('site.queue.photos', {count: waiting})}</p>` : nothing}
      ${refused.map((photo) => html`<p class="row" data-photo=${photo.sha256}>
        <span class="field-problem">${t('site.queue.photo_refused', {reason: photo.problem!})}</span>
        <wa-button size="s" appearance="plain" @click=${() => this.#dropPhoto(photo)}>
          ${t('site.queue.photo_drop')}</wa-button></p>`)}`;
  }

  #item(item: Item) {
    const {outcome, standing, claim} = item;
    return html`<li class="queue-item" data-standing=${standing} data-event=${claim.event}>
      <span class="item-head"><strong>${item.label}</strong>
        ${mark(variants[standing], t(`site.queue.${standing}`))}
      </span>
      <span class="muted"><time datetime=${new Date(item.made).toISOString()}>${clock(item.made)}</time>
        · ${item.number}</span>
      ${outcome?.at ? html`<span class="muted">${t('site.queue.placed', {
        time: exactly(outcome.at), seconds: outcome.uncertainty_seconds ?? 0})}</span>` : nothing}
      ${outcome?.code ? html`<span class="field-problem">${outcome.title}</span>
        <span class="remedy">${outcome.remedy}</span>` : nothing}
      ${standing === 'conflict' ? html`<span class="muted">${t('site.queue.conflict_about')}</span>` : nothing}
      ${standing === 'refused' ? html`<wa-button size="s" appearance="plain" @click=${() => this.#remove(item)}>
        ${t('remove', {what: item.label})}</wa-button>` : nothing}
    </li>`;
  }

  override render() {
    const waiting = this.items.filter(isOpen).length, done = this.items.length - waiting;
    if (!this.items.length && !this.photos.length && !this.others.length) return nothing;
    return html`<section class="card queue" aria-label=${t('site.queue.title')}>
      <h2>${icon(waiting ? 'queue' : 'check')} <span data-count=${waiting}>${waiting
        ? t('site.queue.count', {count: waiting}) : t('site.queue.all_sent')}</span></h2>
      ${this.#photos()}
      ${this.others.map((person) => html`<p class="muted">${t('site.queue.others', {person})}</p>`)}
      ${waiting && sendingProblem && !isUnreachable(sendingProblem) ? problemView(sendingProblem) : nothing}
      <ol class="items">${[...this.items].reverse().map((item) => this.#item(item))}</ol>
      <div class="row">
        ${waiting ? html`<wa-button size="s" ?loading=${this.busy} @click=${this.#send}>
          ${t('site.queue.send')}</wa-button>` : nothing}
        ${done ? html`<wa-button size="s" appearance="plain" @click=${() => clearDone(me()!.id, now(), true)}>
          ${t('site.queue.clear')}</wa-button>` : nothing}
      </div></section>`;
  }
}
