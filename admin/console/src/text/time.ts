// Times as people read them: the service's times are absolute, what is shown is the device's own zone.
import {language} from './text';

const locale = () => (language() === 'zh' ? 'zh-CN' : 'en-GB');
const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions) {
  const key = locale() + name;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), options));
  return formats.get(key)!;
}

const of = (time: string | number | Date) => new Date(time);

export const moment = (time: string | number | Date) =>
  format('moment', {month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit'}).format(of(time));
export const exactly = (time: string | number | Date) =>
  format('exactly', {dateStyle: 'medium', timeStyle: 'medium'}).format(of(time));
export const day = (time: string | number | Date) => format('day', {dateStyle: 'medium'}).format(of(time));
export const clock = (time: string | number | Date) =>
  format('clock', {hour: '2-digit', minute: '2-digit'}).format(of(time));

export function span(from: string, until: string): string {
  const sameDay = of(from).toDateString() === of(until).toDateString();
  return `${moment(from)} – ${sameDay ? clock(until) : moment(until)}`;
}

/** "1:05:09"; "−0:30" once it is over. */
export function lasting(milliseconds: number): string {
  const all = Math.floor(Math.abs(milliseconds) / 1000);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${milliseconds < 0 ? '−' : ''}${h ? `${h}:${two(m)}` : m}:${two(s)}`;
}

/** What <input type="datetime-local"> takes, of an absolute time; and back. */
export function toLocalInput(time: string | number | Date): string {
  const date = of(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
export const fromLocalInput = (text: string) => new Date(text).toISOString().replace('.000Z', 'Z');
