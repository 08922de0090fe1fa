// A file that came with a report: first the copy that tells nothing but its content, then the original.
import {html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {Trying} from '../parts/trying';
import {Problem} from '../service/client';
import {language, t} from '../text/text';
import type {Said} from './reports';

// Fetched, so that a refusal is read here and not saved as a file.
async function save(path: string) {
  const answer = await fetch(path, {headers: {'Accept-Language': language()}, cache: 'no-store'}).catch(() => {
    throw new Problem(0, 'unreachable', '', '');
  });
  if (!answer.ok) {
    const {code = 'unreadable_answer', title = '', detail = '', remedy} = await answer.json().catch(() => ({}));
    throw new Problem(answer.status, code, title, detail, remedy);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'report-file';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

@customElement('sg-intake-file')
export class IntakeFile extends Trying {
  @property() path = ''; // of the original
  @property({attribute: false}) content!: Said['content'];

  #clean = () => this.attempt(() => save(`${this.path}/cleaned`));

  override render() {
    const {bytes = 0, name} = this.content;
    return html`<p><wa-button size="s" appearance="outlined" data-file="cleaned" ?loading=${this.busy}
        @click=${this.#clean}>${icon('download')} ${t('intake.file_cleaned')}</wa-button>
        <span class="muted">${name}</span></p>
      ${problemView(this.problem)}
      <p class="muted"><a href=${this.path} download data-file="original">
        ${t('intake.file', {kib: Math.ceil(bytes / 1024)})}</a> ${t('intake.file_original_about')}</p>`;
  }
}
