// Check digits of Chinese numbers, said while they are typed: identity numbers (GB 11643), unified social credit codes
// (GB 32100) and certificate numbers of the form T + identity number. Other documents' numbers have none we know of.
const k_id_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const k_credit_alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'; // no I, O, S, V, Z

export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  const sum = k_id_weights.reduce((all, weight, i) => all + weight * Number(text[i]), 0);
  return text[17].toUpperCase() === '10X98765432'[sum % 11];
}

export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false;
  let sum = 0, weight = 1;
  for (const letter of text.slice(0, 17).toUpperCase()) {
    const value = k_credit_alphabet.indexOf(letter);
    if (value < 0) return false;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return text[17].toUpperCase() === k_credit_alphabet[(31 - (sum % 31)) % 31];
}

/** "" when the number is not of the form T + identity number. */
export const idNumberInCertificate = (text: string) =>
  /^T\d{17}[\dX]$/i.test(text) ? text.slice(1).toUpperCase() : '';

export type DigitFault = 'id_number' | 'id_length' | 'certificate_no' | 'certificate_of_another' | 'credit_code';

function idFault(text: string): DigitFault | undefined {
  if (/^\d{17}[\dXx]$/.test(text)) return isIdNumber(text) ? undefined : 'id_number';
  return /^\d{16,}[\dXx]?$/.test(text) ? 'id_length' : undefined; // all digits, yet one too few or too many
}

function certificateFault(text: string, idNumber: string): DigitFault | undefined {
  if (/^T\d{15,}X?$/i.test(text) && text.length !== 19) return 'certificate_no';
  const inside = idNumberInCertificate(text);
  if (!inside) return undefined;
  if (!isIdNumber(inside)) return 'certificate_no';
  return isIdNumber(idNumber) && idNumber.toUpperCase() !== inside ? 'certificate_of_another' : undefined;
}

/** What is wrong with each of a record's numbers; a credit code's fault is a warning, as the service has it. */
export function digitFaults(record: Record<string, unknown>): Record<string, DigitFault> {
  const of = (name: string) => String(record[name] ?? '').trim();
  const found: Record<string, DigitFault | undefined> = {
    id_number: idFault(of('id_number')),
    certificate_no: certificateFault(of('certificate_no'), of('id_number')),
    credit_code: of('credit_code').length >= 18 && !isCreditCode(of('credit_code')) ? 'credit_code' : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault)) as Record<string, DigitFault>;
}
