import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const everydaySedans: readonly CarEntry[] = [
  {
    car: {
      year: 2019,
      make: 'Honda',
      model: 'Accord',
      trim: 'Sport 1.5T',
      vin: withCheckDigit('1HGCV1F30KA998101'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 29, mpgHighway: 35 },
    drive: {
      engine: '1.5L Turbo I4',
      transmission: 'CVT',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Still Night Pearl', interiorColor: 'Black Cloth' },
    past: {
      mileage: 61240,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 18995,
      cost: 16350,
      msrp: 26180,
      status: 'available',
      featured: false,
      listedDaysAgo: 9,
    },
    features: `Apple CarPlay; Android Auto; Adaptive Cruise Control; Lane Keeping Assist; Collision
      Mitigation Braking; 19-Inch Alloy Wheels; Dual-Zone Climate Control; Power Driver Seat; LED
      Fog Lights`,
    description: `The Accord that most people should buy. One local owner drove it to work and back
      for seven years, had the oil changed every five thousand miles and kept every receipt in the
      glovebox. The 1.5 turbo is quick enough to merge without planning ahead and still returns
      better than thirty on the highway. The back seat is as roomy as some large sedans. We put in
      new front brake pads and a cabin filter, and the tires have more than half their tread left.
      There is one small stone chip on the hood, touched in.`,
  },
  {
    car: {
      year: 2021,
      make: 'Toyota',
      model: 'Camry',
      trim: 'SE',
      vin: withCheckDigit('4T1G11AK0MU199102'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 28, mpgHighway: 39 },
    drive: {
      engine: '2.5L I4',
      transmission: '8-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Celestial Silver Metallic',
      interiorColor: 'Black SofTex',
    },
    past: {
      mileage: 46880,
      owners: 1,
      accidents: 1,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 19995,
      cost: 17400,
      msrp: 26485,
      status: 'available',
      featured: false,
      listedDaysAgo: 23,
    },
    features: `Toyota Safety Sense; Apple CarPlay; Android Auto; Dynamic Radar Cruise Control; Lane
      Departure Alert; Automatic High Beams; 18-Inch Alloy Wheels; Paddle Shifters; Backup Camera;
      Bluetooth`,
    description: `Came to us as a lease return with a stack of dealer invoices. The history shows
      one minor accident: a parking lot tap on the rear bumper in 2023, repaired with a factory
      part, and we have the photographs to show you. Underneath it is straight and dry. Four
      matching Michelin tires went on at forty thousand miles. The SE has the firmer suspension and
      the better seats, so it feels less like a rental than the LE does, and the eight-speed never
      hunts. Priced a little under the market because of that bumper.`,
  },
  {
    car: {
      year: 2026,
      make: 'Toyota',
      model: 'Camry',
      trim: 'SE Hybrid',
      vin: withCheckDigit('4T1DAACK0TU998103'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 48, mpgHighway: 47 },
    drive: {
      engine: '2.5L I4 Hybrid',
      transmission: 'eCVT',
      drivetrain: 'FWD',
      fuelType: 'Hybrid',
    },
    colors: { exteriorColor: 'Heavy Metal', interiorColor: 'Boulder SofTex' },
    past: {
      mileage: 4310,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: { price: 29995, cost: 27800, status: 'available', featured: false, listedDaysAgo: 4 },
    warranty:
      'Factory: 3 years or 36,000 miles basic, 5 years or 60,000 powertrain, 10 years or ' +
      '150,000 hybrid battery',
    features: `Toyota Safety Sense 3.0; Wireless Apple CarPlay; Wireless Android Auto; Sport-Tuned
      Suspension; Paddle Shifters; Dual-Zone Climate Control; 18-Inch Black Alloy Wheels; LED
      Headlights; Proactive Driving Assist; Rear Spoiler`,
    description: `Barely past its first oil change. The first owner took a job overseas after five
      months and the car came back smelling new, with the plastic still on the door sills and both
      keys in the envelope. Every Camry is a hybrid now, and around town this one really does show
      high forties on the trip computer without any effort. All factory coverage carries over to
      you, including ten years on the hybrid battery. If you were about to order one, drive this
      first and keep the difference.`,
  },
  {
    car: {
      year: 2013,
      make: 'Nissan',
      model: 'Altima',
      trim: '2.5 S',
      vin: withCheckDigit('1N4AL3AP0DC699107'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 27, mpgHighway: 38 },
    drive: { engine: '2.5L I4', transmission: 'CVT', drivetrain: 'FWD', fuelType: 'Gasoline' },
    colors: { exteriorColor: 'Java Metallic', interiorColor: 'Charcoal Cloth' },
    past: {
      mileage: 118430,
      owners: 3,
      accidents: 1,
      serviceRecords: false,
      titleStatus: 'Salvage',
      condition: 'Fair',
    },
    offer: {
      price: 3450,
      cost: 2100,
      msrp: 22500,
      status: 'available',
      featured: false,
      listedDaysAgo: 96,
    },
    features:
      'Push-Button Start; Bluetooth; Remote Engine Start; Trip Computer; Power Windows; Cruise ' +
      'Control',
    description: `Sold as is, on a salvage title, to somebody with a lift and some patience. It
      starts, it drives onto a trailer, and the cold air is cold. The left front took a hit hard
      enough for the insurer to walk away: fender, headlight and radiator support are bent, and the
      airbags did not go off. The transmission has the usual Nissan whine when warm. Interior is
      tidy apart from one cigarette burn on the passenger seat. We would rather tell you all of this
      now than have you find it on a Saturday morning.`,
  },
  {
    car: {
      year: 2010,
      make: 'Chevrolet',
      model: 'Malibu',
      trim: '1LT',
      vin: withCheckDigit('1G1ZC5EB0AF998111'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 22, mpgHighway: 33 },
    drive: {
      engine: '2.4L I4',
      transmission: '6-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Red Jewel Tintcoat',
      interiorColor: 'Titanium Cloth',
    },
    past: {
      mileage: 132900,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 5495,
      cost: 3900,
      msrp: 22845,
      status: 'sold',
      featured: false,
      listedDaysAgo: 61,
      soldDaysAgo: 12,
    },
    features: `Remote Vehicle Start; Power Driver Seat; OnStar; USB Port; Steering Wheel Audio
      Controls; 17-Inch Alloy Wheels; Traction Control`,
    description: `An honest first car for a student, and not a bad second car for anybody else.
      Grandparents owned it from 2012 on and had it serviced at one shop in town, so we could read
      its whole life in one folder. New battery, new wiper blades, and a coolant flush before it
      went on the lot. The paint still has depth where most red cars of this age have gone pink.
      Clear coat is thin along the roof edge and the driver's carpet is worn at the heel. It runs
      straight and stops straight.`,
  },
  {
    car: {
      year: 2008,
      make: 'Honda',
      model: 'Civic',
      trim: 'LX',
      vin: withCheckDigit('1HGFA16508L998155'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 25, mpgHighway: 36 },
    drive: {
      engine: '1.8L I4',
      transmission: '5-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Atomic Blue Metallic',
      interiorColor: 'Gray Cloth',
    },
    past: {
      mileage: 151200,
      owners: 2,
      accidents: 1,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 5995,
      cost: 4400,
      msrp: 17760,
      status: 'available',
      featured: false,
      listedDaysAgo: 38,
    },
    features:
      'Air Conditioning; Power Windows; Cruise Control; Auxiliary Audio Input; 60/40 Split Rear ' +
      'Seat; Keyless Entry',
    description: `Eighteen years old and still the cheapest mile you can drive from this lot. The
      1.8 has a timing chain, so there is no belt to worry about, and Honda replaced the engine
      block under its extended coverage when the car was six. Struts, front control arms and the
      serpentine belt were done at a hundred and thirty thousand. One fender was replaced after a
      bicycle fell against it, hence the single accident on the report. The air conditioning works,
      the radio works, and the trunk does not leak.`,
  },
  {
    car: {
      year: 2022,
      make: 'Kia',
      model: 'K5',
      trim: 'GT-Line',
      vin: withCheckDigit('5XXG64J20NG998108'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 27, mpgHighway: 37 },
    drive: {
      engine: '1.6L Turbo I4',
      transmission: '8-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Wolf Gray', interiorColor: 'Black SynTex' },
    past: {
      mileage: 52100,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 18495,
      cost: 16100,
      msrp: 25690,
      status: 'pending',
      featured: false,
      listedDaysAgo: 17,
    },
    warranty:
      'Factory powertrain: 5 years or 60,000 miles from first sale in May 2022, transferable',
    features: `Wireless Apple CarPlay; Wireless Android Auto; Blind-Spot Monitoring; Rear
      Cross-Traffic Alert; Lane Following Assist; Heated Front Seats; Flat-Bottom Steering Wheel;
      18-Inch Alloy Wheels; LED Headlights`,
    description: `People stop to ask what it is, which almost never happens to a gray sedan. The
      GT-Line brings the bigger wheels, the flat-bottom wheel and the dark trim, but keeps the
      thrifty little turbo, so the good looks cost nothing at the pump. Single owner, a nurse who
      drove it to night shifts and parked it in a hospital garage. All software updates done,
      including the anti-theft one. A deposit is on it until Friday; call if you want to be next in
      line.`,
  },
]
