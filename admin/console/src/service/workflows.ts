// What the service says of its workflows: labels, states, events and their bodies; asked once a language.
import {get} from './client';
import type {EventSpec, Schema, Workflow} from './types';
import {language} from '../text/text';

const asked = new Map<string, Promise<Workflow>>();

export function workflow(name: string): Promise<Workflow> {
  const key = `${language()} ${name}`;
  if (!asked.has(key)) {
    const answer = get<Workflow>(`/workflows/${name}`);
    answer.catch(() => asked.delete(key));
    asked.set(key, answer);
  }
  return asked.get(key)!;
}

export async function eventSpec(name: string, event: string): Promise<EventSpec> {
  const found = (await workflow(name)).events.find((spec) => spec.name === event);
  if (!found) throw new Error(`${name} has no event ${event}`);
  return found;
}

/** What that workflow's events are called. */
export async function eventLabels(name: string): Promise<(event: string) => string> {
  const {events} = await workflow(name);
  return (event) => events.find((spec) => spec.name === event)?.label ?? event;
}

/** The schema that a schema refers to, or itself; what stands beside the reference has precedence. */
export function resolve(schema: Schema, root: Schema): Schema {
  if (!schema.$ref) return schema;
  const {$ref, ...beside} = schema;
  const target = root.definitions?.[$ref.replace('#/definitions/', '')] ?? {};
  return {...resolve(target, root), ...beside};
}
