import { withCheckDigit } from '../../domain/vin.ts'
import type { DemoFill, DemoVehicle } from './demo-owner.ts'

const FILLS: readonly DemoFill[] = [
  [362, 52_140, 46.99, 1.565],
  [349, 52_682, 51.86, 1.598],
  [336, 53_219, 48.25, 1.632],
  [324, 53_751, 47.86, 1.635],
  [311, 54_350, 54.17, 1.633],
  [300, 54_816, 40.87, 1.642],
  [276, 55_908, 53.03, 1.573, 'missed'],
  [263, 56_443, 46.95, 1.587],
  [251, 56_969, 45.52, 1.566],
  [237, 57_610, 53.97, 1.532],
  [224, 58_178, 48.97, 1.517],
  [214, 58_589, 34.42, 1.476],
  [200, 59_199, 51.42, 1.466],
  [187, 59_798, 22.7, 1.473, 'partial'],
  [181, 60_065, 50.72, 1.481],
  [171, 60_527, 40.15, 1.486],
  [160, 61_024, 41.82, 1.492],
  [147, 61_602, 50.3, 1.497],
  [134, 62_155, 47.01, 1.532],
  [120, 62_813, 56.6, 1.574],
  [108, 63_370, 48.31, 1.579],
  [96, 63_926, 48.88, 1.607],
  [86, 64_358, 39.62, 1.616],
  [74, 64_886, 50.13, 1.614],
  [64, 65_302, 38.72, 1.648],
  [52, 65_815, 47.31, 1.633],
  [40, 66_329, 49.66, 1.633],
  [28, 66_848, 50.02, 1.593],
  [15, 67_434, 53.95, 1.6],
  [2, 67_988, 52.54, 1.563],
]

/**
 * The car of Robin Tremblay, in kilometers, liters and Canadian dollars: an inspection is due soon.
 */
export const outback: DemoVehicle = {
  facts: {
    vin: withCheckDigit('4S4BTACC0M3998803'),
    licensePlate: 'DEMO 421',
    year: 2021,
    make: 'Subaru',
    model: 'Outback',
    trim: 'Touring',
    engine: '2.5L Flat-4',
    transmission: 'CVT',
    color: 'Abyss Blue Pearl',
  },
  purchase: { daysAgo: 1_180, price: 36_750, odometer: 14_900 },
  picture: '2021-subaru-outback-side',
  fuel: { type: 'gasoline', grade: 'Regular', place: 'Lakeshore Fuels', fills: FILLS },
  services: [
    {
      daysAgo: 345,
      odometer: 52_850,
      category: 'Inspection',
      subtypes: ['Safety inspection'],
      cost: 89.9,
      shop: 'Harbour Street Garage',
    },
    {
      daysAgo: 290,
      odometer: 55_200,
      category: 'Routine maintenance',
      subtypes: ['Oil change', 'Tires'],
      cost: 978.4,
      shop: 'Harbour Street Garage',
    },
    {
      daysAgo: 80,
      odometer: 64_600,
      category: 'Routine maintenance',
      subtypes: ['Oil change', 'Oil filter', 'Engine air filter'],
      cost: 162.75,
      shop: 'Harbour Street Garage',
    },
  ],
  schedules: [
    { category: 'Inspection', subtypes: ['Safety inspection'], months: 12 },
    {
      category: 'Routine maintenance',
      subtypes: ['Oil change'],
      months: 8,
      distance: 12_000,
    },
  ],
  documents: [
    {
      title: 'Auto insurance',
      type: 'insurance',
      issuedDaysAgo: 100,
      daysLeft: 265,
      details: { insurer: 'Northern Example Insurance', policyNumber: 'DEMO-88210' },
    },
    {
      title: 'Vehicle permit',
      type: 'registration',
      issuedDaysAgo: 300,
      daysLeft: 430,
      details: { plate: 'DEMO 421', state: 'Ontario', registeredTo: 'Robin Tremblay' },
    },
  ],
  costs: [
    {
      kind: 'insurance',
      title: 'Northern Example Insurance',
      amount: 151.25,
      months: 1,
      sinceDaysAgo: 465,
    },
    { kind: 'registration', title: 'Ontario', amount: 120, months: 24, sinceDaysAgo: 300 },
  ],
}
