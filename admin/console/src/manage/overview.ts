// How the service stands: whether it takes commands, why not, and what to do; the clock, which an administrator
// confirms.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {confirmed} from '../parts/confirm';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {shown} from '../parts/states';
import {toast} from '../parts/toast';
import {k_base} from '../router';
import {routes} from '../routes';
import {post, Problem} from '../service/client';
import {now} from '../service/clock';
import {language, maybe, t} from '../text/text';
import {exactly} from '../text/time';

interface Standing {
  ready: boolean;
  reasons: string[];
  version: string;
}

async function load(): Promise<Standing> {
  const ask = (path: string) => fetch(path, {cache: 'no-store'}).then((answer) => answer.json()).catch(() => {
    throw new Problem(0, 'unreachable', '', '');
  });
  const [health, readiness] = await Promise.all([ask('/healthz'), ask('/readyz')]);
  return {...readiness, version: health.version};
}

const k_again_milliseconds = 15_000;

@customElement('sg-manage')
export class Manage extends Part {
  @state() private problem: unknown;
  #standing = new Task(this, {task: load, args: () => [language()] as const});
  #timer = 0;

  override connectedCallback() {
    super.connectedCallback();
    this.#timer = window.setInterval(() => this.#standing.run(), k_again_milliseconds);
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  async #confirmClock() {
    if (!(await confirmed(t('clock.question', {at: exactly(now())})))) return;
    this.problem = undefined;
    try {
      await post('/clock/confirmations');
      toast(t('clock.confirmed'));
    } catch (error) {
      this.problem = error;
    }
    await this.#standing.run();
  }

  #reason(reason: string) {
    return html`<li class="finding" data-reason=${reason}><span
      class="finding-title">${maybe(`ready.${reason}`, reason)}</span>
      <span class="remedy">${maybe(`ready.${reason}.remedy`, '')}</span></li>`;
  }

  #view({ready, reasons, version}: Standing) {
    return html`<wa-callout variant=${ready ? 'success' : 'danger'} class="standing" data-ready=${ready}>
        <strong>${icon(ready ? 'check' : 'alert')} ${t(ready ? 'ready.yes' : 'ready.no')}</strong>
        ${ready ? nothing : html`<ul class="findings">${reasons.map((reason) => this.#reason(reason))}</ul>`}
        <p class="muted">${t('ready.version', {version})}</p></wa-callout>
      <section class="card"><h2>${t('clock.title')}</h2><p>${t('clock.now', {at: exactly(now())})}</p>
        <p class="muted">${t('clock.about')}</p>
        ${reasons.includes('clock_suspect') ? html`<wa-button variant="brand"
          @click=${this.#confirmClock}>${t('clock.confirm')}</wa-button>`
          : nothing}</section>`;
  }

  // On a phone the way to the other pages.
  #others = () => routes.filter(({path, nav}) => nav && path !== 'manage' && (path.startsWith('manage/') ||
    path === 'log'));

  override render() {
    return html`<h1>${t('manage.title')}</h1>${problemView(this.problem)}
      ${shown(this.#standing, (standing) => this.#view(standing))}
      <nav class="card" aria-label=${t('manage.more')}><ul
        class="items">${this.#others().map(({path, title, nav}) => html`<li>
        <a class="item" href=${k_base + path}><span>${icon(nav!.icon)} ${t(title)}</span></a></li>`)}</ul></nav>`;
  }
}
