// Where one stands, as the device says it, with how sure it is.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {t} from '../text/text';

export interface Position {
  longitude: string; // decimal degrees, WGS 84
  latitude: string;
  accuracy_metres: number;
}

const k_longest_milliseconds = 20_000;

export function locate(): Promise<Position> {
  return new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(
      ({coords}) => resolve({
        longitude: coords.longitude.toFixed(6),
        latitude: coords.latitude.toFixed(6),
        accuracy_metres: Math.round(coords.accuracy * 10) / 10,
      }),
      reject, {enableHighAccuracy: true, timeout: k_longest_milliseconds, maximumAge: 10_000}));
}

@customElement('sg-position')
export class PositionField extends Part {
  @property() label = '';
  @property({type: Boolean}) required = false;
  @property({attribute: false}) value?: Position;
  @state() private busy = false;
  @state() private failed = '';

  override connectedCallback() {
    super.connectedCallback();
    if (this.required && !this.value) void this.#locate();
  }

  async #locate() {
    this.busy = true;
    this.failed = '';
    try {
      this.dispatchEvent(new CustomEvent('change', {detail: await locate()}));
    } catch (error: any) {
      this.failed = error.code === 1 ? t('position.refused') : t('position.failed');
    }
    this.busy = false;
  }

  override render() {
    const at = this.value;
    return html`<div class="field" role="group" aria-label=${this.label}>
      <span class="field-label">${this.label}${this.required ? ' *' : ''}</span>
      <wa-button size="s" ?loading=${this.busy} @click=${this.#locate}>${icon('place')}
        ${at ? t('position.again') : t('position.take')}</wa-button>
      ${at ? html`<span class="muted">${at.latitude}, ${at.longitude} ± ${at.accuracy_metres} m</span>` : nothing}
      ${this.failed ? html`<p class="field-problem" role="alert">${this.failed}</p>` : nothing}
    </div>`;
  }
}
