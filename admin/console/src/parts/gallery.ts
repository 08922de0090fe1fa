// Photos by their hashes: small ones side by side; opened, each with what its file claims, and whether it was used
// before.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import {get} from '../service/client';
import type {Photo} from '../service/photos';
import {metresBetween, type Spot} from '../service/permits';
import {t} from '../text/text';
import {exactly} from '../text/time';
import {Part} from './element';
import {icon} from './icon';
import {problemView} from './problem';

@customElement('sg-gallery')
export class Gallery extends Part {
  @property({attribute: false}) photos: string[] = [];
  @property({attribute: false}) place?: Spot; // to say how far from it a photo claims to be
  @state() private open = -1;

  #known = new Task(this, {
    task: async () => new Map(await Promise.all(this.photos.map(async (sha256) =>
      [sha256, await get<Photo>(`/photos/${sha256}`).catch((error) => error as Error)] as const))),
    args: () => [this.photos.join()] as const,
  });

  #isUsed(sha256: string) {
    const photo = this.#known.value?.get(sha256);
    return !!photo && !(photo instanceof Error) && (photo.uses > 1 || photo.alike > 0);
  }

  #step(by: number) {
    this.open = (this.open + by + this.photos.length) % this.photos.length;
  }

  #key(event: KeyboardEvent) {
    if (event.key === 'ArrowRight') this.#step(1);
    if (event.key === 'ArrowLeft') this.#step(-1);
  }

  #claims(photo: Photo) {
    const {taken_at, longitude, latitude} = photo.claims;
    const metres = longitude && latitude && this.place ? metresBetween({longitude, latitude}, this.place) : null;
    return html`<dl class="facts">
      <div><dt>${t('photo.taken')}</dt><dd>${taken_at ? exactly(taken_at) : t('photo.no_claim')}</dd></div>
      <div><dt>${t('photo.where')}</dt><dd>${longitude && latitude ? html`${latitude}, ${longitude}
        ${metres === null ? nothing : html`<br>${t('photo.away', {metres})}`}` : t('photo.no_claim')}</dd></div>
      <div><dt>${t('photo.size')}</dt><dd>${photo.width} × ${photo.height}</dd></div></dl>
      <p class="muted">${t('photo.claims_only')}</p>
      ${photo.uses > 1 || photo.alike ? html`<p class="field-problem">${icon('alert')} ${t('photo.reused')}</p>`
        : nothing}
      <p><a href=${photo.original_url} target="_blank" rel="noopener">${t('photo.original')}</a></p>`;
  }

  #lightbox() {
    const sha256 = this.photos[this.open];
    if (!sha256) return nothing;
    const photo = this.#known.value?.get(sha256);
    return html`<wa-dialog open light-dismiss class="lightbox" label=${t('photo.n', {n: this.open + 1})}
      @keydown=${this.#key}
      @wa-after-hide=${(event: Event) => event.target === event.currentTarget && (this.open = -1)}>
      ${photo instanceof Error ? problemView(photo) : html`<img src="/api/v1/photos/${sha256}/display"
        alt=${t('photo.n', {n: this.open + 1})}> ${photo ? this.#claims(photo) : nothing}`}
      ${this.photos.length > 1 ? html`<div class="row end">
        <wa-button size="s" @click=${() => this.#step(-1)}>${t('before')}</wa-button>
        <span>${this.open + 1} / ${this.photos.length}</span>
        <wa-button size="s" @click=${() => this.#step(1)}>${t('after')}</wa-button></div>` : nothing}
    </wa-dialog>`;
  }

  override render() {
    return html`<ul class="gallery">${this.photos.map((sha256, i) => html`<li>
        <button type="button" @click=${() => (this.open = i)}>
          ${this.#known.value?.get(sha256) instanceof Error
            ? html`<span class="lost">${t('photo.n', {n: i + 1})}<br>${t('photo.lost')}</span>`
            : html`<img loading="lazy" src="/api/v1/photos/${sha256}/display" alt=${t('photo.n', {n: i + 1})}>`}
          ${this.#isUsed(sha256) ? html`<span class="used">${t('photo.used_before')}</span>` : nothing}
        </button></li>`)}</ul>
      ${this.#lightbox()}`;
  }
}
