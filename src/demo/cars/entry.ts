import type { DemoCar } from './demo-car.ts'

type Title = 'year' | 'make' | 'model' | 'trim' | 'vin'
type Body = 'bodyStyle' | 'doors' | 'mpgCity' | 'mpgHighway'
type Drive = 'engine' | 'transmission' | 'drivetrain' | 'fuelType'
type Colours = 'exteriorColor' | 'interiorColor' | 'paint'
type Past = 'mileage' | 'owners' | 'accidents' | 'serviceRecords' | 'titleStatus' | 'condition'
type Offer = 'price' | 'cost' | 'msrp' | 'status' | 'featured' | 'listedDaysAgo' | 'soldDaysAgo'

/** A demo car as it is written down: in groups, its texts broken over lines. */
export type Entry = {
  car: Pick<DemoCar, Title>
  body: Pick<DemoCar, Body>
  drive: Pick<DemoCar, Drive>
  colours: Pick<DemoCar, Colours>
  past: Pick<DemoCar, Past>
  offer: Pick<DemoCar, Offer>
  warranty?: string
  /** Separated by semicolons. */
  features: string
  description: string
}

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ')

/** The same car as the inventory's API takes it. */
export const toDemoCar = ({ car, body, drive, colours, past, offer, warranty, features, description }: Entry): DemoCar => ({
  ...car,
  ...body,
  ...drive,
  ...colours,
  ...past,
  ...offer,
  ...(warranty !== undefined && { warranty }),
  features: features.split(';').map(oneLine),
  description: oneLine(description),
})
