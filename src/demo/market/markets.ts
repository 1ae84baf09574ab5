/** A trim of a demo market, and its price in relation to our trim at the same mileage. */
type OtherTrim = {
  trim: string
  worth: number
  drivetrain?: string
  engine?: string
}

/**
 * The competitors' cars that are comparable to one of ours, which `car` names: its year, make and
 * model.
 */
export type DemoMarket = {
  car: string
  /** Our price times this is the price of the market: below 1, our car is priced too high. */
  level: number
  /** How many cars of our trim are for sale on the last day. */
  cars: number
  /** Another way in which some of the competitors write our trim. */
  alsoWritten?: string
  others: readonly OtherTrim[]
  /** A market in which prices have fallen in the last ten days, or many cars have arrived. */
  trend?: 'falling' | 'growing'
}

/**
 * The markets of the demo: our cars are priced high in some, low in others and in line in most, and
 * two have too few cars to compare. Cars that are not in the list have no market at all.
 */
export const demoMarkets: readonly DemoMarket[] = [
  {
    car: '2020 Ford F-150',
    level: 1.01,
    cars: 16,
    alsoWritten: 'XLT',
    others: [
      { trim: 'XL SuperCrew', worth: 0.87 },
      { trim: 'Lariat SuperCrew', worth: 1.18 },
      { trim: 'Platinum SuperCrew', worth: 1.36, engine: '3.5L Twin-Turbo V6' },
    ],
  },
  {
    car: '2021 Toyota Camry',
    level: 0.99,
    cars: 15,
    others: [
      { trim: 'LE', worth: 0.96 },
      { trim: 'XSE', worth: 1.1 },
    ],
  },
  {
    car: '2020 Honda CR-V',
    level: 0.94,
    cars: 10,
    alsoWritten: 'EX',
    others: [
      { trim: 'LX AWD', worth: 0.93 },
      { trim: 'Touring AWD', worth: 1.15 },
    ],
  },
  {
    car: '2019 Honda Accord',
    level: 1,
    cars: 8,
    others: [
      { trim: 'LX 1.5T', worth: 0.93 },
      { trim: 'Touring 2.0T', worth: 1.18, engine: '2.0L Turbo I4' },
    ],
  },
  {
    car: '2022 Tesla Model 3',
    level: 0.86,
    cars: 9,
    trend: 'falling',
    others: [
      { trim: 'Standard Range', worth: 0.87, drivetrain: 'RWD', engine: 'Single-Motor Electric' },
      { trim: 'Performance AWD', worth: 1.13 },
    ],
  },
  {
    car: '2016 BMW 3 Series',
    level: 0.95,
    cars: 7,
    others: [
      { trim: '320i xDrive', worth: 0.91 },
      { trim: '340i xDrive', worth: 1.24, engine: '3.0L Turbo I6' },
    ],
  },
  {
    car: '2020 Mercedes-Benz C-Class',
    level: 1.15,
    cars: 7,
    others: [
      { trim: 'C 300', worth: 0.95, drivetrain: 'RWD' },
      { trim: 'AMG C 43', worth: 1.38, engine: '3.0L Twin-Turbo V6' },
    ],
  },
  {
    car: '2019 Dodge Charger',
    level: 0.85,
    cars: 7,
    others: [{ trim: 'SXT', worth: 0.57, engine: '3.6L V6' }],
  },
  {
    car: '2018 Volkswagen Golf GTI',
    level: 1.02,
    cars: 7,
    others: [{ trim: 'Autobahn', worth: 1.15 }],
  },
  {
    car: '2021 Toyota Prius',
    level: 1.05,
    cars: 7,
    others: [{ trim: 'XLE', worth: 1.1 }],
  },
  {
    car: '2019 Chevrolet Bolt EV',
    level: 0.84,
    cars: 8,
    others: [{ trim: 'Premier', worth: 1.09 }],
  },
  {
    car: '2021 Subaru Outback',
    level: 1.01,
    cars: 8,
    trend: 'growing',
    others: [
      { trim: 'Limited', worth: 1.12 },
      { trim: 'Touring XT', worth: 1.25, engine: '2.4L Turbo Flat-4' },
    ],
  },
  {
    car: '2018 Ford Mustang',
    level: 0.98,
    cars: 7,
    others: [{ trim: 'EcoBoost', worth: 0.66, engine: '2.3L Turbo I4' }],
  },
  { car: '2022 Subaru BRZ', level: 1.01, cars: 7, others: [{ trim: 'Limited', worth: 1.07 }] },
  {
    car: '2016 Mazda MX-5 Miata',
    level: 1.16,
    cars: 7,
    others: [{ trim: 'Sport', worth: 0.9 }],
  },
  { car: '2021 Toyota RAV4 Prime', level: 1, cars: 7, others: [{ trim: 'XSE', worth: 1.13 }] },
  {
    car: '2017 Lexus RX',
    level: 1.06,
    cars: 8,
    alsoWritten: '350',
    others: [{ trim: '350 F Sport AWD', worth: 1.1 }],
  },
  {
    car: '2023 Hyundai IONIQ 5',
    level: 0.93,
    cars: 7,
    others: [
      { trim: 'SEL AWD', worth: 0.88 },
      { trim: 'SE', worth: 0.79, drivetrain: 'RWD', engine: 'Single-Motor Electric, 225 hp' },
    ],
  },
  {
    car: '2019 Ford Explorer',
    level: 0.99,
    cars: 9,
    alsoWritten: 'XLT',
    others: [
      { trim: 'Base 4WD', worth: 0.88 },
      { trim: 'Limited 4WD', worth: 1.17 },
    ],
  },
  {
    car: '2018 Jeep Wrangler',
    level: 1.01,
    cars: 8,
    others: [
      { trim: 'Unlimited Sport', worth: 0.89 },
      { trim: 'Unlimited Rubicon', worth: 1.14 },
    ],
  },
  {
    car: '2016 Chevrolet Tahoe',
    level: 0.87,
    cars: 7,
    alsoWritten: 'LT',
    others: [{ trim: 'LTZ 4WD', worth: 1.18 }],
  },
  {
    car: '2015 Toyota 4Runner',
    level: 1.14,
    cars: 7,
    alsoWritten: 'SR5',
    others: [{ trim: 'Limited 4WD', worth: 1.12 }],
  },
  {
    car: '2019 Honda Odyssey',
    level: 0.96,
    cars: 7,
    others: [
      { trim: 'EX', worth: 0.93 },
      { trim: 'Elite', worth: 1.18 },
    ],
  },
  {
    car: '2018 Toyota Tacoma',
    level: 1.02,
    cars: 8,
    others: [
      { trim: 'SR5', worth: 0.88 },
      { trim: 'TRD Pro', worth: 1.29 },
    ],
  },
  { car: '2017 Chevrolet Silverado 2500HD', level: 0.97, cars: 3, others: [] },
  { car: '2019 Ram ProMaster 2500', level: 1.03, cars: 2, others: [] },
]
