/** A competitor's car in a digest. The price is in cents; null if they show none. */
export type CompetitorCar = {
  title: string
  dealer: string
  cents: number | null
  miles: number | null
  url: string | null
}

/** How many cars changed in one way, and the first of them. */
type ChangedCars<Car = CompetitorCar> = { count: number; cars: Car[] }

/** What competitors changed in a period. `previousCents` is the price at its start. */
export type CompetitorChanges = {
  listed: ChangedCars
  repriced: ChangedCars<CompetitorCar & { previousCents: number }>
  sold: ChangedCars
}
