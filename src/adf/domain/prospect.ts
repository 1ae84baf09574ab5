import { formatVehicleTitle } from '../../domain/vehicle-title.ts'

/** Somebody who wants to buy a car of ours, or to sell us theirs, for any CRM. */
export type Prospect = {
  id: string
  /** Where the lead comes from, as the CRM shows it. */
  source: string
  /** An ISO 8601 instant. */
  requestedAt: string
  vehicle: ProspectVehicle
  customer: ProspectCustomer
  /** The name of the dealership. */
  vendor: string | null
}

/** The car of a lead. The mileage is in miles, the price a decimal. */
export type ProspectVehicle = {
  interest: 'buy' | 'sell'
  year: number
  make: string
  model: string
  trim: string | null
  vin: string | null
  stockNumber: string | null
  mileage: number | null
  condition: string | null
  transmission: string | null
  exteriorColor: string | null
  interiorColor: string | null
  price: { amount: number; currency: string } | null
}

/** Who is to be answered. */
export type ProspectCustomer = {
  name: string | null
  email: string | null
  phone: string | null
  comments: string | null
}

const MAX_SUBJECT = 120

/**
 * The subject of the mail about a lead. It has nothing that the customer wrote as free text, and no
 * line breaks, whatever the facts of the car contain.
 */
export function buildLeadSubject({ vehicle }: Pick<Prospect, 'vehicle'>): string {
  const { interest, stockNumber } = vehicle
  const what = interest === 'buy' ? 'Enquiry' : 'Offer'
  const stock = stockNumber ? ` (stock ${stockNumber})` : ''
  const written = `${what}: ${formatVehicleTitle(vehicle)}${stock}`
  const line = written.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
  return Array.from(line).slice(0, MAX_SUBJECT).join('').trim()
}
