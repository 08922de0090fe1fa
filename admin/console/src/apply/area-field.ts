// An area, chosen down the tree: the way to it stands there, and its parts are one choice away.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Part} from '../parts/element';
import type {Instance} from '../service/types';
import {t} from '../text/text';

@customElement('sg-area')
export class AreaField extends Part {
  @property() label = '';
  @property() value = '';
  @property({attribute: false}) areas: Instance[] = [];
  @state() private changing = false;

  #area = (code: string) => this.areas.find(({data}) => data.code === code);
  #below = (code: string) => this.areas.filter(({data}) => (this.#area(data.parent) ? data.parent : '') === code)
    .sort((one, other) => one.data.code.localeCompare(other.data.code));

  #way(): string[] {
    const way: string[] = [];
    for (let code = this.value; this.#area(code) && !way.includes(code); code = this.#area(code)!.data.parent ?? '') {
      way.unshift(code);
    }
    return way;
  }

  #choose(event: Event) {
    event.stopPropagation(); // the select's own event has no detail
    const code = String((event.target as HTMLSelectElement).value ?? '');
    if (code) this.dispatchEvent(new CustomEvent('change', {detail: code}));
  }

  #levels(way: string[]) {
    return ['', ...way].map((above, i) => {
      const below = this.#below(above);
      const level = below[0]?.data.level;
      return below.length ? html`<wa-select size="s" label=${t(`area.${level as 'county'}`)} .value=${way[i] ?? ''}
        @change=${this.#choose}>
        ${below.map(({data}) => html`<wa-option value=${data.code}>${data.name}</wa-option>`)}</wa-select>` : nothing;
    });
  }

  override render() {
    const way = this.#way();
    return html`<div class="field" role="group" aria-label=${this.label}>
      <span class="field-label">${this.label} *</span>
      ${way.length ? html`<span>${way.map((code) => this.#area(code)!.data.name).join(' › ')}</span>` : nothing}
      ${this.changing || !way.length ? html`<div class="levels">${this.#levels(way)}</div>`
        : html`<wa-button size="s" appearance="outlined" @click=${() => (this.changing = true)}>
            ${t('area.change')}</wa-button>`}
    </div>`;
  }
}
