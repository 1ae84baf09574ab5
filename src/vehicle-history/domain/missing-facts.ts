/** What a submission needs of a vehicle; `mileage` is 0 without an odometer reading. */
export type RequiredFacts = {
  vin: string | null
  year: number | null
  make: string | null
  model: string | null
  mileage: number
}

/** The same with nothing missing. */
export type OfferedFacts = {
  vin: string
  year: number
  make: string
  model: string
  mileage: number
}

/** The facts of a vehicle, or the names of those that it lacks, for a sentence. */
export function requireFacts({
  vin,
  year,
  make,
  model,
  mileage,
}: RequiredFacts): { facts: OfferedFacts } | { missing: string[] } {
  if (vin && year !== null && make && model && mileage > 0)
    return { facts: { vin, year, make, model, mileage } }
  const facts: [string, unknown][] = [
    ['VIN', vin],
    ['year', year],
    ['make', make],
    ['model', model],
    ['odometer reading', mileage],
  ]
  return { missing: facts.filter(([, value]) => !value).map(([name]) => name) }
}

/** Joins names for a sentence: `VIN`, `VIN and year`, `VIN, year and make`. */
export function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
