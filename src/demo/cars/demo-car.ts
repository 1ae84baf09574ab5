/** One car of the demo lot, as the inventory's API takes it, with days instead of dates. */
export type DemoCar = {
  status: 'available' | 'pending' | 'hold' | 'sold'
  featured: boolean
  year: number
  make: string
  model: string
  trim?: string
  /**
   * 17 characters with a correct check digit; a shorter chassis number before 1981; a European VIN
   * keeps its Z in position 9.
   */
  vin: string
  /** A decimal, like `cost` (what the dealer paid) and `msrp` (the sticker when new). */
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
  /** EPA figures; MPGe for an electric car; absent if the EPA did not rate the car. */
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
  /** How many days ago the car was listed, and how many days ago it was sold. */
  listedDaysAgo: number
  soldDaysAgo?: number
}
