// Every word of the console, in Chinese and English, a file a room. What the service says is already in the user's language.
import enCommon from './en/common.json';
import enApply from './en/apply.json';
import enSite from './en/site.json';
import enReview from './en/review.json';
import enAudit from './en/audit.json';
import enIntake from './en/intake.json';
import enManage from './en/manage.json';
import enPictures from './en/pictures.json';
import zhCommon from './zh/common.json';
import zhApply from './zh/apply.json';
import zhSite from './zh/site.json';
import zhReview from './zh/review.json';
import zhAudit from './zh/audit.json';
import zhIntake from './zh/intake.json';
import zhManage from './zh/manage.json';
import zhPictures from './zh/pictures.json';

export type Language = 'zh' | 'en';
export type Key = keyof (typeof zhCommon & typeof zhApply & typeof zhSite & typeof zhReview & typeof zhAudit
  & typeof zhIntake & typeof zhManage & typeof zhPictures);

// Not one object of them all: browsers need long to put together an object of a thousand members.
const together = (...rooms: Record<string, string>[]) => new Map(rooms.flatMap((room) => Object.entries(room)));
const catalogues: Record<Language, Map<string, string>> = {
  zh: together(zhCommon, zhApply, zhSite, zhReview, zhAudit, zhIntake, zhManage, zhPictures),
  en: together(enCommon, enApply, enSite, enReview, enAudit, enIntake, enManage, enPictures),
};
const k_stored = 'sparkgate.language';

const stored = localStorage.getItem(k_stored);
let current: Language = stored === 'en' || stored === 'zh' ? stored : navigator.language.startsWith('en') ? 'en' : 'zh';

export const language = () => current;
export const languageChanged = new EventTarget();

/** Tells the document, and with it screen readers and the components' own words. */
function show() {
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en';
}
show();

export function useLanguage(next: Language) {
  current = next;
  localStorage.setItem(k_stored, next);
  show();
  languageChanged.dispatchEvent(new Event('changed'));
}

/** The words of that key, with {name} replaced. A missing key shows itself. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const words = catalogues[current].get(key) ?? key;
  return words.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}

/** The same for a key that is put together; `otherwise` when the catalogue has no such words. */
export const maybe = (key: string, otherwise: string) => catalogues[current].get(key) ?? otherwise;

/** Of what carries both languages itself, the user's. */
export const pick = (both: {zh?: string; en?: string}, otherwise = '') => both[current] ?? both.zh ?? both.en ?? otherwise;

/** Several words as one, as the language lists them. */
export const listed = (words: string[]) => words.join(current === 'zh' ? '、' : ', ');
