import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const premiumSedans: readonly CarEntry[] = [
  {
    car: {
      year: 2022,
      make: 'Tesla',
      model: 'Model 3',
      trim: 'Long Range AWD',
      vin: withCheckDigit('5YJ3E1EB0NF998104'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 134, mpgHighway: 126 },
    drive: {
      engine: 'Dual-Motor Electric',
      transmission: 'Single-Speed',
      drivetrain: 'AWD',
      fuelType: 'Electric',
    },
    colors: {
      exteriorColor: 'Midnight Silver Metallic',
      interiorColor: 'Black and White',
    },
    past: {
      mileage: 44700,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 24900,
      cost: 22300,
      msrp: 51990,
      status: 'available',
      featured: false,
      listedDaysAgo: 6,
    },
    warranty:
      'Factory battery and drive unit: 8 years or 120,000 miles from first sale in March 2022',
    features: `Autopilot; Glass Roof; Heated Front and Rear Seats; Heated Steering Wheel; Heat Pump;
      Premium Audio; Wireless Charging; Power Trunk; 18-Inch Aero Wheels;
      Mobile Connector Included`,
    description: `Charged at home on a wall charger almost its entire life, rarely past eighty
      percent, and it shows: a full battery still promises over three hundred and thirty miles. The
      white interior has been treated and wipes clean with a damp cloth. This is the heat pump car,
      so winter costs you far less range than it did in the older ones. We had the suspension arms
      checked, because they squeak on these, and the front upper pair is new. Both key cards and the
      charging cable go with it.`,
  },
  {
    car: {
      year: 2016,
      make: 'BMW',
      model: '3 Series',
      trim: '328i xDrive',
      vin: withCheckDigit('WBA8E3G50GN998105'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 22, mpgHighway: 33 },
    drive: {
      engine: '2.0L Turbo I4',
      transmission: '8-Speed Automatic',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Melbourne Red Metallic',
      interiorColor: 'Black Dakota Leather',
    },
    past: {
      mileage: 87300,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 12995,
      cost: 10600,
      msrp: 40350,
      status: 'available',
      featured: false,
      listedDaysAgo: 44,
    },
    features: `Leather Seats; Heated Front Seats; Moonroof; Xenon Headlights; Navigation; Parking
      Sensors; Sport Line Trim; Rain-Sensing Wipers; Split-Folding Rear Seat`,
    description: `The last of the light-steering, small-engined 3 Series, with all-wheel drive for
      the three weeks a year you need it. Records from a marque specialist since 2019: valve cover
      gasket, water pump and both front control arms are done, which are the three jobs everybody
      asks about. Oil every six thousand miles, not every ten. Leather is creased on the driver's
      bolster but not torn. The run-flat tires were swapped for ordinary ones and the ride is the
      better for it; a repair kit is in the trunk.`,
  },
  {
    car: {
      year: 2020,
      make: 'Mercedes-Benz',
      model: 'C-Class',
      trim: 'C 300 4MATIC',
      vin: withCheckDigit('W1KWF8EB0LR998106'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 22, mpgHighway: 31 },
    drive: {
      engine: '2.0L Turbo I4',
      transmission: '9-Speed Automatic',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Polar White',
      interiorColor: 'Saddle Brown MB-Tex',
    },
    past: {
      mileage: 49600,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 23495,
      cost: 20500,
      msrp: 43400,
      status: 'available',
      featured: false,
      listedDaysAgo: 28,
    },
    features: `Panorama Roof; Blind Spot Assist; Apple CarPlay; Android Auto; Power Memory Seats;
      Heated Front Seats; LED Headlights; Keyless-Go; Ambient Lighting; 10.25-Inch Display`,
    description: `White over saddle brown is the combination you would have ordered yourself. It
      spent its first lease with a dentist who had every A and B service done at the Mercedes store
      on the due date, then bought it out and kept doing so. The panorama roof opens and closes
      without a sound, and the drains have been blown out. Brakes were done all around in spring.
      Two tires are new, two are at five thirty-seconds. There is a curb mark on the right rear
      wheel, shown in the pictures.`,
  },
  {
    car: {
      year: 2019,
      make: 'Dodge',
      model: 'Charger',
      trim: 'Scat Pack',
      vin: withCheckDigit('2C3CDXGJ0KH998112'),
    },
    body: { bodyStyle: 'Sedan', doors: 4, mpgCity: 15, mpgHighway: 24 },
    drive: {
      engine: '6.4L HEMI V8',
      transmission: '8-Speed Automatic',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'F8 Green',
      interiorColor: 'Black Houndstooth Cloth',
    },
    past: {
      mileage: 38900,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 33995,
      cost: 30200,
      msrp: 39995,
      status: 'available',
      featured: true,
      listedDaysAgo: 14,
    },
    features: `Brembo Brakes; Launch Control; Line Lock; Bilstein Suspension; Uconnect 8.4; Apple
      CarPlay; Android Auto; Heated Steering Wheel; 20-Inch Wheels; Active Exhaust`,
    description: `Four hundred eighty-five naturally aspirated horsepower, four doors and a trunk
      that swallows a stroller. They do not make them anymore, and they never will again. This one
      is stock down to the air box, has never been launched in front of us, and wears the dark green
      that looks black until the sun comes out. Second owner kept it under a cover next to a
      motorcycle. Rear tires are new Pirellis. Comes with both keys, the window sticker and the book
      that says how to behave in it.`,
  },
]
