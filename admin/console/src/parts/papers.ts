// What of a permit goes on paper: the form as PDF, and the notice that hangs at the place, with its QR code.
import {html, nothing} from 'lit';
import {icon} from './icon';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';

export const papers = (permit: Instance) => {
  const code = permit.data.notice_code;
  if (!code) return nothing;
  const notice = `/p/${code}?lang=${language()}`;
  return html`<section class="card"><h2>${t('papers.title')}</h2><div class="row">
    <a href=${notice} target="_blank"><img class="qr" src="/p/${code}/qr.svg" alt=${t('papers.qr')} width="112" height="112"></a>
    <div class="stack">
      <wa-button href=${notice} target="_blank" appearance="outlined">${icon('scan')} ${t('papers.notice')}</wa-button>
      <wa-button href="/api/v1/permits/${permit.id}/paper?lang=${language()}" target="_blank"
        appearance="outlined">${icon('download')} ${t('papers.pdf')}</wa-button>
    </div></div></section>`;
};
