// What waits for the user, by what their roles do.
import {html} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {k_base} from '../router';
import {routes} from '../routes';
import {get} from '../service/client';
import {hasRole, me} from '../service/session';
import {language, t} from '../text/text';
import {moment} from '../text/time';

interface Notice {
  id: number;
  code: string;
  instance: string;
  text: string;
  at: string;
}

// Where one does something about it: by what the message is about, and by who reads it.
const places: [begins: string, path: (id: string) => string][] = [
  ['permit_', (id) => (hasRole('supervisor', 'site_owner') ? `review/${id}` : hasRole('fire_watch', 'operator')
    ? `site/${id}` : `permits/${id}`)],
  ['key_', () => 'manage/keys'],
  ['inspection_', (id) => `inspections/${id}`],
  ['violation_', (id) => `violations/${id}`],
  ['delegation_', () => 'delegations'],
];
const placeOf = ({code, instance}: Notice) =>
  k_base + (places.find(([begins]) => code.startsWith(begins))?.[1](instance) ?? '');

@customElement('sg-home')
export class Home extends Part {
  #notices = new Task(this, {
    task: async () => (await get<{items: Notice[]}>('/notices?limit=20')).items,
    args: () => [language()] as const,
  });

  override render() {
    const mine = routes.filter(({path, nav}) => path && nav && hasRole(...nav.roles));
    return html`<h1>${t('home.hello', {name: me()!.name})}</h1>
      <section class="card"><h2>${t('home.notices')}</h2>
        ${shown(this.#notices, (notices) => notices.length
          ? html`<ul class="items">${notices.map((notice) => html`<li><a class="item"
              href=${placeOf(notice)}><span>${notice.text}</span>
              <span class="muted">${moment(notice.at)}</span></a></li>`)}</ul>`
          : empty('bell', t('home.no_notices')))}
      </section>
      <nav class="tiles" aria-label=${t('home.pages')}>${mine.map((route) => html`<a class="item"
        href=${k_base + route.path}>${icon(route.nav!.icon)}<span>${t(route.title)}</span></a>`)}</nav>`;
  }
}
