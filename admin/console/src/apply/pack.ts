// A rule pack as an applicant meets it: what it asks about the work, the measures it lists, how long a permit may last.
import {get} from '../service/client';
import {kept} from './drafts';

export interface Measure {
  code: string;
  clause: string;
  zh: string;
  en: string;
}

export interface Pack {
  id: string;
  zh: string;
  en: string;
  measures: Measure[];
  methods: Record<string, {zh: string; en: string}>;
  params: Record<string, {value?: number; by_grade?: Record<string, number>}>;
  asked: string[]; // members of the application that its rules look at
}

export async function packOf(id: string): Promise<Pack> {
  const {pack} = await kept(`pack ${id}`, () => get<{pack: any}>(`/packs/${id}`));
  const named = [...JSON.stringify(pack).matchAll(/\$application\.([a-z_]+)/g)].map(([, name]) => name);
  return {...pack, asked: [...new Set(named)]};
}

export async function packIds(): Promise<string[]> {
  const {items} = await kept('packs', () => get<{items: {id: string; latest: boolean}[]}>('/packs'));
  return items.filter(({latest}) => latest).map(({id}) => id);
}

/** The longest window in hours, of that grade or of the grade with the shortest. */
export function longestHours(pack: Pack, grade?: string): number | undefined {
  const {value, by_grade = {}} = pack.params.validity_hours ?? {};
  const hours = Object.values(by_grade);
  return value ?? by_grade[grade ?? ''] ?? (hours.length ? Math.min(...hours) : undefined);
}
