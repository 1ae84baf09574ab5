/** How many days an owner has to accept an invitation or the offer of a vehicle. */
export const OFFER_DAYS = 14

/** How many owners a vehicle may be shared with, those who are invited included. */
export const MAX_GUESTS = 20

/** How many vehicles of others may be shared with one owner. */
export const MAX_SHARED_VEHICLES = 50

const DAY_MS = 86_400_000

/** The moment at which an offer made now expires. */
export const computeExpiry = (now: Date): Date => new Date(now.getTime() + OFFER_DAYS * DAY_MS)

/** An e-mail address as invitations are compared: without regard to case. */
export const normalizeAddress = (address: string): string => address.trim().toLowerCase()

/** The parts of a vehicle that a mail to a stranger names, as the catalog spells them. */
export type DescribedVehicle = {
  year: number | null
  make: string | null
  model: string | null
}

/**
 * Names a vehicle in a mail: `2021 Honda Accord`, `a 2021 vehicle` without a make, or `a vehicle`
 * if all of these are missing.
 */
export function describeVehicle({ year, make, model }: DescribedVehicle): string {
  const names = [make, model].filter((name) => name !== null && name !== '')
  if (names.length === 0) return year === null ? 'a vehicle' : `a ${year} vehicle`
  return [...(year === null ? [] : [year]), ...names].join(' ')
}
