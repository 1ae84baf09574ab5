import type { DemoCar } from './demo-car.ts'

type Title = 'year' | 'make' | 'model' | 'trim' | 'vin'
type Body = 'bodyStyle' | 'doors' | 'mpgCity' | 'mpgHighway'
type Drive = 'engine' | 'transmission' | 'drivetrain' | 'fuelType'
type Colors = 'exteriorColor' | 'interiorColor'
type Past = 'mileage' | 'owners' | 'accidents' | 'serviceRecords' | 'titleStatus' | 'condition'
type Offer = 'price' | 'cost' | 'msrp' | 'status' | 'featured' | 'listedDaysAgo' | 'soldDaysAgo'

/** A demo car as the source files write it: in groups, with texts that span several lines. */
export type CarEntry = {
  car: Pick<DemoCar, Title>
  body: Pick<DemoCar, Body>
  drive: Pick<DemoCar, Drive>
  colors: Pick<DemoCar, Colors>
  past: Pick<DemoCar, Past>
  offer: Pick<DemoCar, Offer>
  warranty?: string
  /** Separated by semicolons. */
  features: string
  description: string
}

const joinLines = (text: string): string => text.trim().replace(/\s+/g, ' ')

/** Converts an entry to the form that the inventory's API takes. */
export const toDemoCar = ({
  car,
  body,
  drive,
  colors,
  past,
  offer,
  warranty,
  features,
  description,
}: CarEntry): DemoCar => ({
  ...car,
  ...body,
  ...drive,
  ...colors,
  ...past,
  ...offer,
  ...(warranty !== undefined && { warranty }),
  features: features.split(';').map(joinLines),
  description: joinLines(description),
})
