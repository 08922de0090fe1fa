// Judges a gas test by the pack's own rules while it is typed in: the same expressions that the service evaluates, as
// far as rules of gas use them. The service has the last word.
import type {Instance} from '../service/types';
import {pick} from '../text/text';
import {figure} from './clocks';
import type {Pack} from './sources';

type Facts = Record<string, any>;

const number = (value: any) => (value === null || value === undefined || value === '' ? NaN : Number(value));

const operations: Record<string, (args: any[]) => any> = {
  all: (args) => args.every(Boolean),
  any: (args) => args.some(Boolean),
  not: ([one]) => !one,
  present: ([one]) => one !== null && one !== undefined && one !== '',
  empty: ([one]) => !one?.length,
  not_empty: ([one]) => !!one?.length,
  eq: ([a, b]) => a === b,
  ne: ([a, b]) => a !== b,
  in: ([a, list]) => !!list?.includes(a),
  le: ([a, b]) => number(a) <= number(b),
  lt: ([a, b]) => number(a) < number(b),
  ge: ([a, b]) => number(a) >= number(b),
  gt: ([a, b]) => number(a) > number(b),
  if: ([condition, then, otherwise]) => (condition ? then : otherwise),
  percent_of: ([part, whole]) => (number(part) / number(whole)) * 100,
};

function valueOf(expression: any, facts: Facts, parameter: (name: string) => any): any {
  if (typeof expression === 'string' && expression.startsWith('@')) return parameter(expression.slice(1));
  if (typeof expression === 'string' && expression.startsWith('$')) {
    return expression.slice(1).split('.').reduce((value: any, member) => value?.[member], facts);
  }
  if (expression === null || typeof expression !== 'object') return expression;
  const [name, given] = Object.entries<any>(expression)[0];
  const args = Array.isArray(given) ? given : [given];
  return operations[name]?.(args.map((one) => valueOf(one, facts, parameter)));
}

export interface Broken {
  reading: number; // its place in the test; -1: the test as a whole
  title: string;
  clause: string;
  remedy: string;
}

/** What the rules of a gas test say against it; `gas` as in the event's body. */
export function judge(pack: Pack, permit: Instance, gas: Facts): Broken[] {
  const oxygen_service = !!permit.data.application.oxygen_service;
  const facts: Facts = {...permit.data, site: {gas: {...gas, oxygen_service}}};
  const parameter = (name: string) => figure(pack, name, permit.data.grade);
  const rules: any[] = pack.rules.filter((rule: any) => rule.stages.includes('gas_test') && rule.severity === 'refuse');
  return rules.flatMap((rule) => {
    const each: Facts[] = rule.for_each ? valueOf(rule.for_each, facts, parameter) : [facts];
    return each.flatMap((one, n) => {
      const known: Facts = rule.for_each ? {...facts, reading: one} : facts;
      const applies = rule.when === undefined || valueOf(rule.when, known, parameter);
      if (!applies || valueOf(rule.require, known, parameter)) return [];
      const reading = rule.for_each ? n : -1;
      return [{reading, title: pick(rule), clause: rule.clause, remedy: pick(rule.remedy ?? {})}];
    });
  });
}
