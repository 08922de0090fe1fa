// Signing in: as a page, or over a page whose session has ended, which then goes on where it was.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import {problemView} from './parts/problem';
import {Trying} from './parts/trying';
import {isLeaving, sessionChanged, signIn} from './service/session';
import {t} from './text/text';

@customElement('sg-login')
export class Login extends Trying {
  @property({type: Boolean}) again = false;
  readonly #left = () => this.requestUpdate();

  override connectedCallback() {
    super.connectedCallback();
    sessionChanged.addEventListener('left', this.#left);
  }
  override disconnectedCallback() {
    super.disconnectedCallback();
    sessionChanged.removeEventListener('left', this.#left);
  }

  #submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    return this.attempt(() => signIn(String(form.get('login')), String(form.get('password'))));
  }

  #form() {
    return html`<form class="stack" @submit=${this.#submit}>
      ${problemView(this.problem)}
      <wa-input name="login" label=${t('login.login')} autocomplete="username" autocapitalize="none" required
        autofocus></wa-input>
      <wa-input name="password" type="password" label=${t('login.password')} autocomplete="current-password" required
        ></wa-input>
      <wa-button type="submit" variant="brand" ?loading=${this.busy}>${t('login.submit')}</wa-button>
    </form>`;
  }

  override render() {
    if (this.again) {
      return html`<wa-dialog open label=${t('login.again')} without-header-actions
        @wa-hide=${(event: Event) => event.target === event.currentTarget && event.preventDefault()}>
        <p>${t('login.kept')}</p>${this.#form()}</wa-dialog>`;
    }
    return html`<section class="card login"><h1>${t('login.title')}</h1><p class="muted">${t('login.about')}</p>
      ${isLeaving() ? html`<wa-callout variant="warning" role="status" data-leaving>
        ${t('sign_out.stands')}</wa-callout>` : nothing}
      ${this.#form()}
      <p class="muted"><a href="/console/verify">${t('login.verify')}</a></p></section>`;
  }
}
