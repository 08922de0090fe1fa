// Backups: made now, into the directory that the service was started with; how each went, and how far one is.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import '@awesome.me/webawesome/dist/components/switch/switch.js';
import {mark} from '../parts/badge';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {empty, shown} from '../parts/states';
import {Trying} from '../parts/trying';
import {get, post} from '../service/client';
import {language, maybe, t} from '../text/text';
import {exactly} from '../text/time';

interface Backup {
  name: string;
  state: 'running' | 'done' | 'failed';
  step: string | null;
  percent: number;
  started_at: string;
  bytes: number;
  log: {origin: string; size: number} | null;
  with_keys: boolean;
  with_files: boolean;
  problems: number;
  reason: {title: string} | null;
}

const k_poll_milliseconds = 1000;
const variants = {running: 'brand', done: 'success', failed: 'danger'} as const;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const backupRow = (one: Backup) => html`<li class="item"><span class="item-head"><strong>${one.name}</strong>
    ${mark(variants[one.state], t(`backup.${one.state}`))}</span>
  <span class="muted">${exactly(one.started_at)} · ${megabytes(one.bytes)}${one.log ? html` ·
    ${t('backup.log', {size: one.log.size})}` : nothing}
    ${one.with_files ? html`· ${t('backup.with_files')}` : nothing} ${one.with_keys ? html`· ${t('backup.with_keys')}`
      : nothing}</span>
  ${one.state === 'running' ? html`<wa-progress-bar value=${one.percent}
    label=${maybe(`backup_step.${one.step}`, one.step ?? '')}>
    ${maybe(`backup_step.${one.step}`, one.step ?? '')} ${one.percent} %</wa-progress-bar>` : nothing}
  ${one.problems ? html`<strong class="bad">${t('backup.problems', {count: one.problems})}</strong>` : nothing}
  ${one.reason ? html`<span class="bad">${one.reason.title}</span>` : nothing}</li>`;

@customElement('sg-backups')
export class Backups extends Trying {
  @state() private keys = false;
  @state() private files = true;
  #all = new Task(this, {task: () => get<{directory_set: boolean; items: Backup[]}>('/backups'), args: () =>
    [language()] as const});
  #timer = 0;

  override connectedCallback() {
    super.connectedCallback();
    this.#timer = window.setInterval(() => {
      if (this.#all.value?.items.some(({state}) => state === 'running')) void this.#all.run();
    }, k_poll_milliseconds);
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  async #begin() {
    await this.attempt(() => post('/backups', {body: {keys: this.keys, files: this.files}}));
    await this.#all.run();
  }

  #form() {
    return html`<section class="card stack">
      <wa-switch .checked=${this.files} @change=${(e: any) =>
        (this.files = e.target.checked)}>${t('backup.files')}</wa-switch>
      <wa-switch .checked=${this.keys} @change=${(e: any) =>
        (this.keys = e.target.checked)}>${t('backup.keys')}</wa-switch>
      ${this.keys ? html`<wa-callout variant="warning">${t('backup.keys_warning')}</wa-callout>` : nothing}
      <div><wa-button variant="brand" ?loading=${this.busy} @click=${this.#begin}>${icon('download')}
        ${t('backup.begin')}</wa-button></div></section>`;
  }

  override render() {
    return html`<h1>${t('backups.title')}</h1><p class="muted">${t('backups.about')}</p>${problemView(this.problem)}
      ${shown(this.#all, ({directory_set, items}) => directory_set
        ? html`${this.#form()} ${items.length ? html`<ul class="items">${items.map(backupRow)}</ul>` : empty('download',
          t('backups.none'))}`
        : empty('download', t('backups.off')))}`;
  }
}
