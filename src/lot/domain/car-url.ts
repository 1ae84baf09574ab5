/** What an address of a car's page can be made from. */
export type AddressedCar = {
  id: string
  slug: string | null
  vin: string
  stockNumber: string | null
}

const PLACEHOLDER = /\{([^{}]*)\}/g
const NAMES = ['slug', 'id', 'vin', 'vinEnd', 'stockNumber']

/**
 * The address of a car's page on the dealership's site, such as
 * `https://www.example.com/vehicles/{slug}` with the placeholders replaced and encoded. Null
 * without a template, and for a car that lacks what the template names.
 */
export function buildCarUrl(template: string | null, car: AddressedCar): string | null {
  if (!template) return null
  const values: Record<string, string | null> = {
    slug: car.slug,
    id: car.id,
    vin: car.vin || null,
    vinEnd: car.vin.slice(-8) || null,
    stockNumber: car.stockNumber,
  }
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '')
  if (names.some((name) => !values[name])) return null
  return template.replace(PLACEHOLDER, (_, name: string) => encodeURIComponent(values[name] ?? ''))
}

/** Why a text is not a template of `buildCarUrl`; null if it is one. */
export function findCarUrlTemplateProblem(template: string): string | null {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '')
  const list = NAMES.map((name) => `{${name}}`).join(', ')
  const unknown = names.find((name) => !NAMES.includes(name))
  if (unknown !== undefined) return `contains {${unknown}}, which is not one of ${list}`
  if (names.length === 0) return `must contain one of ${list}; otherwise all cars share one page`
  const example = template.replace(PLACEHOLDER, 'x')
  if (!URL.canParse(example) || !/^https?:\/\//.test(example))
    return 'must be an address that starts with https://'
  return null
}
