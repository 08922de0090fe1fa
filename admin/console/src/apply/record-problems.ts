// What a record's form says at once: a wrong check digit, a shape that the register refuses, days in the wrong order.
import {digitFaults} from '../form/check-digits';
import {labelOf} from '../form/fields';
import type {Schema} from '../service/types';
import {t} from '../text/text';

/** By member; a credit code's check digit is told, but stops nobody. */
export function recordProblems(schema: Schema, record: Record<string, any>): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const value = record[name];
    if (!value) continue;
    if (member.pattern && !new RegExp(member.pattern).test(value)) problems[name] = t('record.shape');
    const first = member.not_before && record[member.not_before];
    if (first && value < first) {
      problems[name] = t('record.order', {first: labelOf(member.not_before!, schema.properties![member.not_before!])});
    }
  }
  for (const [name, fault] of Object.entries(digitFaults(record))) problems[name] = t(`digits.${fault}`);
  return problems;
}

export const stops = (problems: Record<string, string>) => Object.keys(problems).some((name) => name !== 'credit_code');
