import type { DocumentType } from '../../documents/domain/document-details.ts'
import type { CostKind } from '../../garage/domain/ownership-costs.ts'

/**
 * A purchase of fuel: how many days ago, the odometer, the amount, the price per unit, and what is
 * special about it: it did not fill the tank, or the purchase before it was not logged.
 */
export type DemoFill = readonly [
  daysAgo: number,
  odometer: number,
  amount: number,
  price: number,
  special?: 'partial' | 'missed',
]

/** The maintenance that a demo vehicle had. */
export type DemoService = {
  daysAgo: number
  odometer: number
  category: string
  subtypes: string[]
  cost: number
  shop: string
}

/** Maintenance that is due again. What is due follows from the services. */
export type DemoSchedule = {
  category: string
  subtypes: string[]
  months: number
  distance?: number
}

/** A document. One that has expired has a negative number of days left. */
export type DemoDocument = {
  title: string
  type: DocumentType
  issuedDaysAgo: number
  daysLeft: number
  details: Readonly<Record<string, string>>
  /** A file in the folder `files`. */
  file?: string
}

/** What it costs to own a demo vehicle, for each interval of months. */
export type DemoCost = {
  kind: CostKind
  title: string
  amount: number
  months: number
  sinceDaysAgo: number
}

/** A vehicle of a demo owner. Distances, fuel and amounts are in the units of the owner. */
export type DemoVehicle = {
  facts: {
    vin: string
    licensePlate: string
    year: number
    make: string
    model: string
    trim: string
    engine: string
    transmission: string
    color: string
  }
  purchase: {
    daysAgo: number
    price: number
    odometer: number
  }
  /** The demo car whose picture it shares: the name of a file in src/demo/pictures. */
  picture: string
  fuel: {
    type: 'gasoline' | 'electricity'
    grade: string
    place: string
    fills: readonly DemoFill[]
  }
  services: readonly DemoService[]
  schedules: readonly DemoSchedule[]
  documents: readonly DemoDocument[]
  costs: readonly DemoCost[]
}

/** A demo owner, who does not exist; example.com receives no mail (RFC 2606). */
export type DemoOwner = {
  /** The part of the subject that is theirs. */
  name: string
  email: string
  displayName: string
  preferences: {
    unitSystem: 'imperial' | 'metric'
    currencyCode: string
    timeZone: string
  }
  vehicles: readonly DemoVehicle[]
}
