// A list of any length of which only the rows in sight exist: rows of one height, moved with the window's scrolling.
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {Part} from './element';

const k_beyond = 6; // rows kept on each side of what can be seen
const k_guessed_height = 96; // pixels, until a row has been seen

/** Tells "near-end" when the last rows come into sight. Arrow keys, Home and End walk along the rows' links. */
@customElement('sg-virtual-list')
export class VirtualList<T extends {id: string}> extends Part {
  @property({attribute: false}) items: T[] = [];
  @property({attribute: false}) row!: (item: T) => TemplateResult;
  @property() label = '';
  @state() private first = 0;
  @state() private last = 20;
  #height = k_guessed_height; // of a row with the gap after it
  #told = 0; // how many rows there were when "near-end" was told

  override connectedCallback() {
    super.connectedCallback();
    this.setAttribute('role', 'list');
    addEventListener('scroll', this.#look, {passive: true});
    addEventListener('resize', this.#look);
    this.addEventListener('keydown', this.#key);
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('scroll', this.#look);
    removeEventListener('resize', this.#look);
    this.removeEventListener('keydown', this.#key);
  }

  // Asking where the list stands makes the browser lay out the whole page: not for a list without rows.
  readonly #look = () => {
    if (!this.items.length) return void (this.first = this.last = 0);
    const above = -this.getBoundingClientRect().top;
    const count = this.items.length;
    const focused = this.#focused();
    let first = Math.max(0, Math.floor(above / this.#height) - k_beyond);
    let last = Math.ceil((above + innerHeight) / this.#height) + k_beyond;
    // The row that has the focus keeps it, unless it is far away.
    if (focused >= 0 && focused < first && first - focused < 50) first = focused;
    if (focused >= last && focused - last < 50) last = focused + 1;
    this.last = Math.min(count, Math.max(last, 0));
    this.first = Math.min(first, this.last);
    if (this.last === count && this.#told !== count) {
      this.#told = count;
      this.dispatchEvent(new CustomEvent('near-end'));
    }
  };

  #focused(): number {
    const row = document.activeElement?.closest('[data-row]');
    return row && this.contains(row) ? Number((row as HTMLElement).dataset.row) : -1;
  }

  async focusRow(index: number) {
    const to = Math.max(0, Math.min(this.items.length - 1, index));
    const top = this.getBoundingClientRect().top + scrollY + to * this.#height;
    const isInSight = top > scrollY + this.#height && top + 2 * this.#height < scrollY + innerHeight;
    if (!isInSight) scrollTo({top: top - innerHeight / 2});
    this.#look();
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-row="${to}"] a`)?.focus({preventScroll: true});
  }

  readonly #key = (event: KeyboardEvent) => {
    const at = this.#focused();
    const steps: Record<string, number> = {
      ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.items.length - 1, PageDown: at + 10, PageUp: at - 10};
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    void this.focusRow(steps[event.key]);
  };

  override updated() {
    const row = this.querySelector('[data-row]');
    const height = row ? row.getBoundingClientRect().height : 0;
    if (height && Math.abs(height - this.#height) > 0.5) {
      this.#height = height;
      this.#look();
    }
    this.style.paddingTop = `${this.first * this.#height}px`;
    this.style.paddingBottom = `${(this.items.length - this.last) * this.#height}px`;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (changed.has('label')) this.setAttribute('aria-label', this.label);
    if (changed.has('items')) this.#look();
  }

  override render() {
    if (!this.items.length) return nothing;
    const shown = this.items.slice(this.first, this.last);
    return repeat(shown, ({id}) => id, (item, n) => this.#rowView(item, this.first + n));
  }

  #rowView(item: T, index: number) {
    return html`<div role="listitem" class="virtual-row" data-row=${index} aria-posinset=${index + 1}
      aria-setsize=${this.items.length}>${this.row(item)}</div>`;
  }
}
