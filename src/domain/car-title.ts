/** What the VIN of a copied car is until somebody writes it: the column takes no NULL. */
export const NO_VIN = ''

/** What tells one car from another on a screen. */
export type NamedCar = { year: number; make: string; model: string; vin: string }

/**
 * `2021 TESLA Model 3 · 5YJ3…9071`: year, make, model and both ends of the VIN; a short chassis
 * number stands whole. A copy without a VIN ends in `no VIN yet`.
 */
export function formatCarTitle({ year, make, model, vin }: NamedCar): string {
  if (vin === NO_VIN) return `${year} ${make} ${model} · no VIN yet`
  const short = vin.length > 10 ? `${vin.slice(0, 4)}…${vin.slice(-4)}` : vin
  return `${year} ${make} ${model} · ${short}`
}
