/**
 * One car of the demonstration lot, as the inventory's API takes it, with `paint` for its pictures
 * and days instead of dates.
 */
export type DemoCar = {
  status: 'available' | 'pending' | 'hold' | 'sold'
  featured: boolean
  year: number
  make: string
  model: string
  trim?: string
  /**
   * 17 characters with a right check digit; a shorter chassis number before 1981; a European one
   * keeps its Z at position 9.
   */
  vin: string
  /** US dollars, as are `cost` (what the dealer paid) and `msrp` (the sticker when new). */
  price: number
  cost: number
  msrp?: number
  /** Miles. */
  mileage: number
  exteriorColor: string
  interiorColor: string
  transmission: string
  engine: string
  fuelType: 'Gasoline' | 'Diesel' | 'Hybrid' | 'Plug-in hybrid' | 'Electric'
  drivetrain: 'FWD' | 'RWD' | 'AWD' | '4WD'
  bodyStyle:
    'Sedan' | 'Hatchback' | 'Coupe' | 'Convertible' | 'Wagon' | 'SUV' | 'Minivan' | 'Pickup' | 'Van'
  doors: number
  /** EPA figures; MPGe for an electric car; absent where the EPA rated none. */
  mpgCity?: number
  mpgHighway?: number
  description: string
  features: string[]
  condition: 'Excellent' | 'Good' | 'Fair'
  titleStatus: 'Clean' | 'Salvage' | 'Rebuilt'
  owners: number
  accidents: number
  serviceRecords: boolean
  warranty?: string
  /** Days before now that the car came on the lot, and that it was sold. */
  listedDaysAgo: number
  soldDaysAgo?: number
  /** The body's colour as `#rrggbb`. */
  paint: string
}
