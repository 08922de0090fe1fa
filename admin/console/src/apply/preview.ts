// What the service would make of an application as it stands, asked while it is written; nothing is stored by asking.
import {type Finding, post, Problem} from '../service/client';
import type {Application} from './drafts';

export interface PathFinding extends Finding {
  path?: string; // "/operators/0": the member it is about
}

export interface Preview {
  pack: {id: string; version: string; title: string};
  missing: {path: string; required: boolean; rules: {code: string; clause: string; title: string}[]}[];
  invalid: {path: string; reason: string}[];
  problems: {path: string; code: string; title: string; detail: string; remedy: string}[];
  grade: {code: string; title: string; decided: boolean; reasons: {code: string; clause: string; title: string}[]};
  approval: {code: string; clause: string; title: string; on_site: boolean}[];
  figures: Record<string, {value: number; unit: string; clause: string; title: string}>;
  latest_end?: string;
  findings: PathFinding[];
  outcome: 'incomplete' | 'refused' | 'returned' | 'undecided' | 'qualified';
}

/** Undefined when the application names a rule pack that is not there: nothing can be judged by it. @throws Problem */
export async function previewOf(body: Application, signal: AbortSignal): Promise<Preview | undefined> {
  const answer = await post<Preview>('/permits/preview', {body, signal});
  return answer.pack ? answer : undefined;
}

const finding = (code: string, path: string, title: string, remedy: string): PathFinding =>
  ({code, path, title, remedy, severity: 'refuse'});

/** All that a preview has to say against the application, each with the member it is about. */
export function objectionsOf(preview: Preview): PathFinding[] {
  return [
    ...preview.problems.map(({code, path, title, detail, remedy}) => finding(code, path, detail || title, remedy)),
    ...preview.invalid.map(({path, reason}) => finding('payload_invalid', path, reason, '')),
    ...preview.findings,
  ];
}

/** What stands against sending an application that the service refused, in the same form. */
export function objectionOf(problem: unknown): PathFinding[] {
  if (!(problem instanceof Problem) || typeof problem.details.path !== 'string') return [];
  return [finding(problem.code, problem.details.path, problem.detail || problem.title, problem.remedy)];
}

/** "/operators/0" → "operators"; "/place/address" → "place.address". */
export function memberOf(path = ''): string {
  const [first = '', second] = path.split('/').slice(1);
  return first === 'place' && second ? `place.${second}` : first;
}
