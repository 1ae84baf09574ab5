/** The facts that form the title of a competitor's car; any of them may be missing. */
export type TitleFacts = Partial<
  Record<'year' | 'make' | 'model' | 'trim' | 'vin' | 'stockNumber', string | number | null>
>

/**
 * Formats the name of a competitor's car for every screen: `2021 Honda Accord EX · 1HGC…4352`, with
 * its stock number if the VIN is unknown. At most 255 characters; never empty.
 */
export function formatListingTitle({
  year,
  make,
  model,
  trim,
  vin,
  stockNumber,
}: TitleFacts): string {
  const car = [year, make, model, trim].filter(Boolean).join(' ')
  const chassis = String(vin ?? '')
  const identifier =
    chassis.length > 10
      ? `${chassis.slice(0, 4)}…${chassis.slice(-4)}`
      : chassis || String(stockNumber ?? '')
  return [car, identifier].filter(Boolean).join(' · ').slice(0, 255) || 'Unnamed car'
}
