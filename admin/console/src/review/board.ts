// The board of live permits: what falls due first stands first; changes by others appear by themselves.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {areaOptions, choice} from '../parts/choice';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {duesView, permitRow} from '../parts/permit-row';
import {problemView} from '../parts/problem';
import {empty, skeleton} from '../parts/states';
import '../parts/virtual-list';
import {Following} from '../service/follow';
import {permitsIn} from '../service/listing';
import {firstDue, k_live, type Permit} from '../service/permits';
import {everyRecord} from '../service/records';
import {workflow} from '../service/workflows';
import {language, t} from '../text/text';

const k_desk = matchMedia('(min-width: 64rem)');

@customElement('sg-board')
export class Board extends Part {
  @state() private permits = new Map<string, Permit>();
  @state() private area = '';
  @state() private only = ''; // a state
  @state() private loading = true;
  @state() private problem: unknown;
  @state() private hasMap = k_desk.matches;
  readonly #following = new Following(this, () => this.#all.run(), (id, permit) => this.#put(id, permit));

  #areas = new Task(this, {
    task: () => everyRecord('areas'), args: () => [language()] as const});
  #labels = new Task(this, {
    task: async () => (await workflow('hot_work_permit')).states, args: () => [language()] as const});
  #all = new Task(this, {
    task: ([area], {signal}) => this.#load(area, signal),
    args: () => [this.area, language()] as const,
  });

  override connectedCallback() {
    super.connectedCallback();
    if (this.hasMap) this.#showMap();
  }

  async #load(area: string, signal: AbortSignal) {
    this.loading = true;
    this.problem = undefined;
    this.#following.begin();
    const become = (all: Permit[]) => {
      this.permits = new Map(all.map((permit) => [permit.id, permit]));
      this.#following.catchUp();
    };
    try {
      // While the first pages come they are shown; what is on the screen is not thinned out by a second reading.
      become(await permitsIn(k_live, {area}, (some) => some.length > this.permits.size && become(some), signal));
    } catch (error) {
      if (!signal.aborted) this.problem = error;
    }
    if (!signal.aborted) this.loading = false;
  }

  #put(id: string, permit: Permit | null) {
    const isHere = permit && k_live.includes(permit.state) && (!this.area || permit.data.areas.includes(this.area));
    const next = new Map(this.permits);
    if (isHere) next.set(id, permit);
    else next.delete(id);
    this.permits = next;
  }

  #showMap() {
    this.hasMap = true;
    void import('../pictures/permit-map');
  }

  #shown(): Permit[] {
    const chosen = [...this.permits.values()].filter(({state}) => !this.only || state === this.only);
    const byDue = chosen.map((permit) => [firstDue(permit), permit] as const).sort(([a], [b]) => a - b);
    return byDue.map(([, permit]) => permit);
  }

  #chips() {
    const counts = new Map<string, number>();
    for (const {state} of this.permits.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
    const states = this.#labels.value?.filter(({name}) => k_live.includes(name)) ?? [];
    return html`<div class="state-chips" role="group" aria-label=${t('state')}>${states.map(({name, label}) => html`<button
      type="button" class="state-chip" data-only=${name} aria-pressed=${this.only === name}
      @click=${() => (this.only = this.only === name ? '' : name)}>${badge(name, label)}
      <strong>${counts.get(name) ?? 0}</strong></button>`)}</div>`;
  }

  #filters() {
    return html`<div class="row filters">
      ${choice({label: t('field.area'), value: this.area, any: t('board.all_areas'),
        options: areaOptions(this.#areas.value), choose: (area) => (this.area = area)})}
      <wa-button size="s" appearance=${this.hasMap ? 'filled-outlined' : 'outlined'} aria-pressed=${this.hasMap}
        @click=${() => (this.hasMap ? (this.hasMap = false) : this.#showMap())}>
        ${icon('map')} ${t('board.map')}</wa-button>
      <span class="muted" role="status">${this.loading ? t('board.loading', {n: this.permits.size})
        : t('board.count', {n: this.permits.size})}</span>
    </div>`;
  }

  #row = (permit: Permit) => permitRow(permit, '/console/review/' + permit.id, duesView(permit));

  override render() {
    const shown = this.#shown();
    const isEmpty = !this.loading && !this.problem && !shown.length;
    return html`<h1>${t('board.title')}</h1>${problemView(this.problem)} ${this.#filters()} ${this.#chips()}
      <div class="board ${this.hasMap ? 'with-map' : ''}">
        <div>${this.loading && !shown.length ? skeleton(4) : nothing}
          ${isEmpty ? empty('board', t('board.none')) : nothing}
          <sg-virtual-list label=${t('board.title')} .items=${shown} .row=${this.#row}></sg-virtual-list></div>
        ${this.hasMap ? html`<sg-permit-map .permits=${shown} base="/console/review/"></sg-permit-map>` : nothing}
      </div>`;
  }
}
