import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const hatchbacks: readonly CarEntry[] = [
  {
    car: {
      year: 2018,
      make: 'Volkswagen',
      model: 'Golf GTI',
      trim: 'S',
      vin: withCheckDigit('3VW447AU0JM998114'),
    },
    body: { bodyStyle: 'Hatchback', doors: 4, mpgCity: 25, mpgHighway: 33 },
    drive: {
      engine: '2.0L Turbo I4',
      transmission: '6-Speed Manual',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Tornado Red', interiorColor: 'Clark Plaid Cloth' },
    past: {
      mileage: 58200,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 16995,
      cost: 14300,
      msrp: 26415,
      status: 'available',
      featured: true,
      listedDaysAgo: 8,
    },
    features: `Clark Plaid Seats; Heated Front Seats; Apple CarPlay; Android Auto; LED Daytime
      Lights; 18-Inch Alloy Wheels; Limited-Slip Braking (XDS); Golf Ball Shift Knob; Automatic
      Headlights`,
    description: `Red, manual, plaid: the recipe has not changed since 1976 and this is a very good
      helping of it. Never tuned, which on a GTI of this age is worth saying, and we put it on the
      scanner to be sure. Thermostat housing was replaced under warranty, clutch takes up low and
      clean, synchros are perfect. The second owner is an engineer who logged every fill-up; he
      averaged thirty-one. Folds flat for a bicycle, then makes the long way home feel short.`,
  },
  {
    car: {
      year: 2015,
      make: 'Honda',
      model: 'Fit',
      trim: 'EX',
      vin: withCheckDigit('3HGGK5H80FM998116'),
    },
    body: { bodyStyle: 'Hatchback', doors: 4, mpgCity: 32, mpgHighway: 38 },
    drive: { engine: '1.5L I4', transmission: 'CVT', drivetrain: 'FWD', fuelType: 'Gasoline' },
    colors: {
      exteriorColor: 'Mystic Yellow Pearl',
      interiorColor: 'Black Cloth',
    },
    past: {
      mileage: 92400,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 10795,
      cost: 8600,
      msrp: 18235,
      status: 'pending',
      featured: false,
      listedDaysAgo: 21,
    },
    features:
      'Magic Seat; Moonroof; LaneWatch Camera; Push-Button Start; Multi-Angle Rear Camera; ' +
      'Bluetooth; 16-Inch Alloy Wheels',
    description: `You can stand a potted tree upright in the back of this thing. The Magic Seat
      folds up like a theater seat or flat like a table, and after ten years of dogs, drums and
      flat-pack furniture it still clicks into place. Yellow finds itself in any parking lot. The
      injectors were replaced under Honda's extended coverage, CVT fluid changed at sixty thousand,
      spark plugs at ninety. Some scuffs on the load lip, as you would expect. Currently promised to
      a cellist, pending her financing.`,
  },
  {
    car: {
      year: 2021,
      make: 'Toyota',
      model: 'Prius',
      trim: 'LE',
      vin: withCheckDigit('JTDKAMFU0M3998117'),
    },
    body: { bodyStyle: 'Hatchback', doors: 4, mpgCity: 54, mpgHighway: 50 },
    drive: {
      engine: '1.8L I4 Hybrid',
      transmission: 'eCVT',
      drivetrain: 'FWD',
      fuelType: 'Hybrid',
    },
    colors: {
      exteriorColor: 'Sea Glass Pearl',
      interiorColor: 'Moonstone Cloth',
    },
    past: {
      mileage: 71500,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 19495,
      cost: 17200,
      msrp: 25735,
      status: 'available',
      featured: false,
      listedDaysAgo: 33,
    },
    warranty: 'Factory hybrid battery: 10 years or 150,000 miles from first sale in February 2021',
    features: `Toyota Safety Sense; Apple CarPlay; Blind Spot Monitor; Rear Cross-Traffic Alert;
      Automatic Climate Control; LED Headlights; Catalytic Converter Shield; Smart Key`,
    description: `A courier's second car that turned into his first, because he could not bear to
      put the miles on anything thirstier. Highway miles, mostly, and it has been washed more often
      than most cars are refueled. The hybrid battery fan is clean, the health report is in the
      file, and a steel plate guards the catalytic converter. Fresh 0W-16 oil, new cabin filter, new
      rear brake pads. The rear bumper has a light scrape at knee height that we left alone rather
      than charge you for paint.`,
  },
  {
    car: {
      year: 2019,
      make: 'Chevrolet',
      model: 'Bolt EV',
      trim: 'LT',
      vin: withCheckDigit('1G1FY6S00K4998118'),
    },
    body: { bodyStyle: 'Hatchback', doors: 4, mpgCity: 128, mpgHighway: 110 },
    drive: {
      engine: 'Electric, 200 hp',
      transmission: 'Single-Speed',
      drivetrain: 'FWD',
      fuelType: 'Electric',
    },
    colors: { exteriorColor: 'Shock', interiorColor: 'Light Ash Gray Cloth' },
    past: {
      mileage: 33800,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 12995,
      cost: 10900,
      msrp: 36620,
      status: 'available',
      featured: false,
      listedDaysAgo: 52,
    },
    warranty: 'Replacement battery: 8 years or 100,000 miles from March 2022',
    features: `DC Fast Charging; Regen on Demand Paddle; Apple CarPlay; Android Auto; 10.2-Inch
      Touchscreen; Backup Camera; Heated Front Seats; Heated Steering Wheel`,
    description: `Here is the quiet secret of the recall: this car has a battery three years younger
      than the rest of it, with a bit more capacity than the original and its own eight-year
      coverage. Expect two hundred and fifty miles in summer. It is also a hoot off the line at city
      speeds, which nobody believes until the first green light. Slower at highway chargers than
      newer cars, so think of it as the commuter that never visits a gas station. The color is
      called Shock. We did not name it.`,
  },
  {
    car: {
      year: 2016,
      make: 'MINI',
      model: 'Hardtop',
      trim: 'Cooper S',
      vin: withCheckDigit('WMWXP7C50GT998119'),
    },
    body: { bodyStyle: 'Hatchback', doors: 2, mpgCity: 26, mpgHighway: 33 },
    drive: {
      engine: '2.0L Turbo I4',
      transmission: '6-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Blazing Red Metallic',
      interiorColor: 'Carbon Black Leatherette',
    },
    past: {
      mileage: 68700,
      owners: 3,
      accidents: 1,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 11495,
      cost: 9300,
      msrp: 25900,
      status: 'available',
      featured: false,
      listedDaysAgo: 70,
    },
    features: `Heated Front Seats; Panoramic Moonroof; Sport Seats; Driving Modes; Harman Kardon
      Audio; Keyless Entry; 17-Inch Alloy Wheels; Fog Lights`,
    description: `Small outside, surprisingly grown-up inside, and it corners as if someone had tied
      it to the road. Three owners, all within ten miles of here. A previous one backed it into a
      pillar; the hatch was repainted and matches well. Engine mounts are new, and the oil filter
      housing gasket was replaced before it could become a story. The big sunroof lets in enough
      light that the black cabin never feels tight. Ask for the key with the checkered fob: it is
      the one with the fresh battery.`,
  },
]
