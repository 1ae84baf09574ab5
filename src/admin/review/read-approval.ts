/**
 * The body of an approval from what was entered: empty fields are left out, and numbers may have
 * commas and a currency sign. What is not a number is sent as entered, for the server to refuse.
 */
export function readApproval(values: FormData): Record<string, unknown> {
  const entries = ['price', 'cost', 'mileage', 'vin', 'stockNumber', 'status'].flatMap((name) => {
    const text = readText(values, name)
    if (text === '') return []
    return [[name, NUMBERS.includes(name) ? readAmount(text) : text] as const]
  })
  const hasRecords = values.get('serviceRecords') !== null
  return { ...Object.fromEntries(entries), ...(hasRecords && { serviceRecords: true }) }
}

const NUMBERS = ['price', 'cost', 'mileage']

function readText(values: FormData, name: string): string {
  const value = values.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** A number as people write it: `$18,900.50` is 18900.5; any other text stays. */
export function readAmount(text: string): number | string {
  const plain = text.replace(/^\p{Sc}/u, '').replaceAll(/(?<=\d),(?=\d{3}(\D|$))/g, '')
  return /^\d+(\.\d+)?$/.test(plain.trim()) ? Number(plain) : text
}
