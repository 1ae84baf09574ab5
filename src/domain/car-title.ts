/** The VIN of a copied car until someone enters it: the column is NOT NULL. */
export const NO_VIN = ''

/** The columns that identify a car on a screen. */
export type NamedCar = {
  year: number
  make: string
  model: string
  vin: string
}

/**
 * Formats `2021 TESLA Model 3 · 5YJ3…9071`: year, make, model, and both ends of the VIN. A short
 * chassis number is shown in full. The title of a copy without a VIN ends in `no VIN yet`.
 */
export function formatCarTitle({ year, make, model, vin }: NamedCar): string {
  if (vin === NO_VIN) return `${year} ${make} ${model} · no VIN yet`
  const short = vin.length > 10 ? `${vin.slice(0, 4)}…${vin.slice(-4)}` : vin
  return `${year} ${make} ${model} · ${short}`
}
