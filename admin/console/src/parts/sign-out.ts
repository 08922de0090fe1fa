// Signing out, with a question first where something would wait for whoever goes.
import {me, signOut} from '../service/session';
import {t} from '../text/text';
import {confirmed} from './confirm';

/** Records and photos of the account that only this device has. */
async function waiting(): Promise<number> {
  const [{isOpen, itemsOf}, {keptPhotosOf}] = await Promise.all([import('../field/queue'), import('../field/kept-photos')]);
  return (await itemsOf(me()!.id)).filter(isOpen).length + (await keptPhotosOf(me()!.id)).length;
}

export async function askToSignOut(): Promise<void> {
  const count = await waiting().catch(() => 0); // a browser that keeps nothing
  const questions = [
    ...(count ? [t('sign_out.waiting', {count})] : []),
    ...(navigator.onLine ? [] : [t('sign_out.offline')]),
  ];
  for (const question of questions) if (!(await confirmed(question, t('sign_out')))) return;
  await signOut();
}
