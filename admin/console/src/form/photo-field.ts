// Photos: taken or chosen, scaled where they are too large, sent with their progress shown, kept by their hash.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {bringPhoto, keptPhoto} from '../field/kept-photos';
import {fitting} from '../service/photos';
import {t} from '../text/text';
import {removeButton} from './fields';

@customElement('sg-photos')
export class Photos extends Part {
  @property() label = '';
  @property({type: Boolean}) required = false;
  @property({type: Boolean}) single = false;
  @property({attribute: false}) value: string[] = [];
  @state() private share: number | null = null; // of what is being sent, 0 to 1
  @state() private problem: unknown;
  @state() private note = '';
  readonly #here = new Map<string, string>(); // of photos that wait on this device: where they can be seen

  override connectedCallback() {
    super.connectedCallback();
    for (const one of this.value) void this.#find(one).catch(() => undefined);
  }

  // Of a form that is taken up again.
  async #find(sha256: string) {
    const kept = await keptPhoto(sha256);
    if (kept) this.#here.set(sha256, URL.createObjectURL(kept.blob));
    this.requestUpdate();
  }

  async #take(event: Event) {
    event.stopPropagation(); // the input's own event has no detail
    const input = event.target as HTMLInputElement;
    this.problem = undefined;
    this.note = '';
    try {
      for (const file of [...(input.files ?? [])]) await this.#send(file);
    } catch (error) {
      this.problem = error;
    }
    this.share = null;
    input.value = '';
  }

  async #send(file: File) {
    this.share = 0;
    const {photo, scaled} = await fitting(file);
    if (scaled) this.note = t('photo.scaled');
    const {sha256, uses, alike, waits} = await bringPhoto(photo, (sent, all) => (this.share = sent / all));
    if (uses || alike) this.note = t('photo.used');
    if (waits) {
      this.note = t('photo.waits');
      this.#here.set(sha256, URL.createObjectURL(photo));
    }
    this.#become(this.single ? [sha256] : [...this.value.filter((one) => one !== sha256), sha256]);
  }

  #become(next: string[]) {
    this.value = next;
    this.dispatchEvent(new CustomEvent('change', {detail: next}));
  }

  override render() {
    return html`<div class="field" role="group" aria-label=${this.label}>
      <span class="field-label">${this.label}${this.required ? ' *' : ''}</span>
      <div class="photos">
        ${this.value.map((one, i) => html`<figure><img
          src=${this.#here.get(one) ?? `/api/v1/photos/${one}/display`} alt=${t('photo.n', {n: i + 1})}>
          ${removeButton(t('photo.n', {n: i + 1}), () => this.#become(this.value.filter((other) => other !== one)))}
        </figure>`)}
        <label class="photo-add">${icon('camera')}<span>${t('photo.add')}</span>
          <input type="file" accept="image/*" capture="environment" ?multiple=${!this.single}
            @change=${this.#take}></label>
      </div>
      ${this.share === null ? nothing : html`<wa-progress-bar label=${t('photo.sending')}
        value=${Math.round(this.share * 100)}></wa-progress-bar>`}
      ${this.note ? html`<p class="muted" role="status">${this.note}</p>` : nothing}
      ${problemView(this.problem)}
    </div>`;
  }
}
