// What an officer does with a report: the words that go with it, and what the event asks for beside them.
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import {choice} from '../parts/choice';
import {problemView} from '../parts/problem';
import {Trying} from '../parts/trying';
import {t} from '../text/text';
import {type Details, handle, type Next, type Report, type Reward, type Standing, type Summary, titleOf} from './reports';

/** An event that was chosen, with what is known of it already. */
export interface Chosen extends Next {
  details?: Details;
  about?: string; // how the permit or the area is called
}

export const rewardOf = (fine: number, {percent, least, most}: Reward) =>
  Math.min(Math.max(Math.round((fine * percent) / 100), least), most);

/** Tells "done" and "cancel". */
@customElement('sg-intake-act')
export class ActForm extends Trying {
  @property({attribute: false}) report!: Report;
  @property({attribute: false}) others: Summary[] = []; // reports that this one may be merged into
  @property({attribute: false}) standing!: Standing;
  @property({attribute: false}) chosen!: Chosen;
  @state() private words: {text?: string; note?: string} = {};
  @state() private details: Details = {};

  #details = (): Details => ({...this.chosen.details, ...this.details});

  async #send(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) return;
    const body = {...this.words, details: this.#details()};
    const done = await this.attempt(() => handle(this.report.id, this.chosen.name, body));
    if (done) this.dispatchEvent(new CustomEvent('done'));
  }

  #set = (details: Details) => (this.details = {...this.details, ...details});

  #assign = () => choice({label: t('intake.to'), value: this.details.officer ?? '', any: '–',
    options: (this.standing.roster.officers ?? []).map(({id, name}) => ({value: id, label: name})),
    choose: (officer) => this.#set({officer})});

  #merge = () => choice({label: t('intake.into'), value: this.details.report ?? '', any: '–',
    options: this.others.map((one) => ({value: one.id, label: titleOf(one)})), choose: (report) => this.#set({report})});

  #handOff = () => {
    const {permit, address = ''} = this.#details(), about = this.chosen.about ?? '';
    return html`<p>${permit ? t('intake.hand_off_permit', {number: about})
      : t('intake.hand_off_place', {area: about, address})}</p>
      <p class="muted">${t('intake.hand_off_about')}</p>`;
  };

  #yuan = (label: string, value: number | undefined, set: (yuan: number | undefined) => void) => html`<wa-input
    type="number" min="0" max="100000000" label=${label} .value=${value === undefined ? '' : String(value)}
    @input=${(event: any) => set(event.target.value === '' ? undefined : Number(event.target.value))}></wa-input>`;

  #feedback = () => {
    const {reward: figures, state} = this.report, {fine, reward} = this.details;
    if (state !== 'Substantiated') return nothing;
    return html`${this.#yuan(t('intake.fine'), fine, (yuan) => this.#set({fine: yuan,
        reward: yuan && figures ? rewardOf(yuan, figures) : undefined}))}
      ${this.#yuan(t('intake.reward'), reward, (yuan) => this.#set({reward: yuan}))}
      ${figures ? html`<p class="muted">${t('intake.reward_about', {...figures})}</p>` : nothing}`;
  };

  #asks: Record<string, () => TemplateResult | typeof nothing> = {assign: this.#assign, merge: this.#merge,
    hand_off: this.#handOff, give_feedback: this.#feedback};

  #text(name: 'text' | 'note', label: string, required = false) {
    return html`<wa-textarea label=${label} rows="4" maxlength=${name === 'note' ? 2000 : 4000} ?required=${required}
      .value=${this.words[name] ?? ''}
      @input=${(event: any) => (this.words = {...this.words, [name]: event.target.value})}></wa-textarea>`;
  }

  override render() {
    const {name, label, says} = this.chosen, isHandOff = name === 'hand_off';
    return html`<form class="stack" data-form=${name} @submit=${this.#send}><h3>${label}</h3>
      ${this.#asks[name]?.() ?? nothing}
      ${says === 'nothing' ? nothing : this.#text('text', t('intake.to_source'), says === 'must')}
      ${this.#text('note', t(isHandOff ? 'intake.summary' : 'intake.note'), isHandOff)}
      ${problemView(this.problem)}
      <div class="row end"><wa-button appearance="plain" type="button"
        @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>${t('cancel')}</wa-button>
        <wa-button type="submit" variant="brand" ?loading=${this.busy}>${label}</wa-button></div></form>`;
  }
}
