// Asks before what cannot be undone.
import {html, render} from 'lit';
import {t} from '../text/text';

export function confirmed(question: string, yes = t('confirm')): Promise<boolean> {
  return new Promise((resolve) => {
    const place = document.createElement('div');
    document.body.append(place);
    let answer = false;
    const close = (given: boolean) => {
      answer = given;
      (place.querySelector('wa-dialog') as any).open = false;
    };
    const gone = () => {
      place.remove();
      resolve(answer);
    };
    render(html`<wa-dialog open light-dismiss label=${t('confirm.title')} @wa-after-hide=${gone}>
      <p>${question}</p>
      <wa-button slot="footer" @click=${() => close(false)}>${t('cancel')}</wa-button>
      <wa-button slot="footer" variant="danger" autofocus @click=${() => close(true)}>${yes}</wa-button>
    </wa-dialog>`, place);
  });
}
