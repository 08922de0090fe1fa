// What the service answers with; the whole description is its own: GET /api/v1/openapi.json.
import type {Finding} from './client';

export interface Action {
  event: string;
  label: string;
  allowed: boolean;
  signature: 'none' | 'possible' | 'required';
  reasons: Finding[];
}

export interface Instance<Data = Record<string, any>> {
  id: string;
  workflow: string;
  state: string;
  state_label: string;
  version: number;
  at: string;
  data: Data;
  conflicts?: Conflict[];
  actions?: Action[];
  labels?: Record<string, any>; // what codes in the data are called
}

export interface Conflict {
  number: number;
  event: string;
  code: string;
  title?: string;
  remedy?: string;
  by: string;
  reported_at: string;
  payload?: Record<string, unknown>;
  settled?: Record<string, unknown>;
  note?: string;
}

export interface Page<T = Instance> {
  items: T[];
  next_cursor: string | null;
}

/** JSON Schema, as far as event bodies use it; zh and en are how people call the member. */
export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  $ref?: string;
  definitions?: Record<string, Schema>;
  zh?: string;
  en?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  refers?: string;
  default?: unknown;
  letters?: 'upper' | 'lower'; // what they are folded to
  fixed?: boolean; // cannot be amended
  not_before?: string; // the member whose day comes first
}

export interface EventSpec {
  name: string;
  label: string;
  roles: string[];
  creates: boolean;
  fact: boolean;
  field: boolean;
  signing: string;
  payload_schema: Schema;
}

export interface Workflow {
  name: string;
  collection: string;
  label: string;
  states: {name: string; label: string; terminal: boolean}[];
  events: EventSpec[];
  transitions: {from: string; event: string; to: string; guard: string}[];
  diagram: string;
}

export interface Grant {
  role: string;
  unit?: string;
  area?: string;
}

export interface Me {
  id: string;
  person: string;
  name: string;
  grants: Grant[];
  csrf_token?: string;
}

export interface Receipt {
  id: string;
  workflow: string;
  state: string;
  version: number;
  next: string[];
  receipt: {origin: string; index: number; leaf: string; at: string; checkpoint: string | null};
}
