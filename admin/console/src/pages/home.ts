// What waits for the user, by what their roles do.
import {html} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {Part} from '../parts/element';
import {empty, shown} from '../parts/states';
import {get} from '../service/client';
import {me} from '../service/session';
import {language, t} from '../text/text';
import {moment} from '../text/time';

interface Notice {
  id: number;
  instance: string;
  text: string;
  at: string;
}

@customElement('sg-home')
export class Home extends Part {
  #notices = new Task(this, {
    task: async () => (await get<{items: Notice[]}>('/notices?limit=20')).items,
    args: () => [language()] as const,
  });

  override render() {
    return html`<h1>${t('home.hello', {name: me()!.name})}</h1>
      <section class="card"><h2>${t('home.notices')}</h2>
        ${shown(this.#notices, (notices) => notices.length
          ? html`<ul class="items">${notices.map((notice) => html`<li><a class="item"
              href="/console/permits/${notice.instance}"><span>${notice.text}</span>
              <span class="muted">${moment(notice.at)}</span></a></li>`)}</ul>`
          : empty('bell', t('home.no_notices')))}
      </section>`;
  }
}
