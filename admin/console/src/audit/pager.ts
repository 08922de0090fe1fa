// A listing of the service, a page at a time: asked again when what is wanted, or the language, changes.
import {html, nothing, type ReactiveControllerHost} from 'lit';
import {Task} from '@lit/task';
import {get, query} from '../service/client';
import type {Instance, Page} from '../service/types';
import {language, t} from '../text/text';

export interface Wanted {
  collection: string;
  filter: Record<string, string>;
}

const k_page = 50;

export class Pager {
  items: Instance[] = [];
  readonly first: Task<readonly unknown[], Instance[]>;
  #cursor: string | null = null;

  /** `wanted`: null asks for nothing. */
  constructor(readonly host: ReactiveControllerHost, readonly wanted: () => Wanted | null) {
    this.first = new Task(host, {
      task: (_, {signal}) => {
        this.items = [];
        this.#cursor = null;
        return this.#next(signal);
      },
      args: () => [JSON.stringify(this.wanted()), language()] as const,
    });
  }

  async #next(signal?: AbortSignal): Promise<Instance[]> {
    const wanted = this.wanted();
    if (!wanted) return [];
    const asked = query({...wanted.filter, limit: k_page, cursor: this.#cursor ?? undefined});
    const page = await get<Page>(`/${wanted.collection}${asked}`, signal);
    this.items = [...this.items, ...page.items];
    this.#cursor = page.next_cursor;
    this.host.requestUpdate();
    return this.items;
  }

  moreButton = () => this.#cursor
    ? html`<p><wa-button @click=${() => this.#next()}>${t('more')}</wa-button></p>` : nothing;
}
