import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const coupes: readonly CarEntry[] = [
  {
    car: {
      year: 2018,
      make: 'Ford',
      model: 'Mustang',
      trim: 'GT Premium',
      vin: withCheckDigit('1FA6P8CF0J5998120'),
    },
    body: { bodyStyle: 'Coupe', doors: 2, mpgCity: 15, mpgHighway: 25 },
    drive: {
      engine: '5.0L V8',
      transmission: '6-Speed Manual',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Orange Fury Metallic Tri-Coat',
      interiorColor: 'Ebony Leather',
    },
    past: {
      mileage: 41300,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 29995,
      cost: 26600,
      msrp: 39095,
      status: 'available',
      featured: false,
      listedDaysAgo: 31,
    },
    features: `12-Inch Digital Cluster; Active Exhaust; Heated and Cooled Seats; SYNC 3; Apple
      CarPlay; Brembo Brakes; Line Lock; 19-Inch Alloy Wheels; Limited-Slip Differential`,
    description: `First year of the reworked 5.0 with four hundred and sixty horsepower, and you get
      to shift it yourself. Two careful owners; the last one drove it to cars-and-coffee and home
      again, sixteen thousand miles in five years. The exhaust has a quiet-start timer that your
      neighbors will thank you for. No track stickers, no cut springs, no mystery tune. Tires are
      Michelin Pilot Sports with two summers left in them. Paint is the three-stage orange that
      photographs badly and looks wonderful, so come and see it.`,
  },
  {
    car: {
      year: 2022,
      make: 'Subaru',
      model: 'BRZ',
      trim: 'Premium',
      vin: withCheckDigit('JF1ZDBB10N9998121'),
    },
    body: { bodyStyle: 'Coupe', doors: 2, mpgCity: 20, mpgHighway: 27 },
    drive: {
      engine: '2.4L Flat-4',
      transmission: '6-Speed Manual',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'WR Blue Pearl', interiorColor: 'Black Cloth' },
    past: {
      mileage: 28900,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 23995,
      cost: 21600,
      msrp: 27995,
      status: 'available',
      featured: false,
      listedDaysAgo: 16,
    },
    warranty: 'Factory powertrain: 5 years or 60,000 miles from first sale in June 2022',
    features: `Torsen Limited-Slip Differential; Apple CarPlay; Android Auto; Track Mode; Dual-Zone
      Climate Control; Keyless Access; 17-Inch Alloy Wheels; LED Headlights`,
    description: `Light, low and honest, which is three more virtues than most new cars have. The
      bigger engine finally gives the chassis something to push against at four thousand rpm. This
      one has seen two autocross seasons on a second set of wheels, which are included, and an oil
      change after each event. The factory oil-pan sealant inspection was done and came out clean.
      Rear seats are for groceries. Remaining powertrain coverage until the middle of next year,
      with the paperwork from the Subaru store.`,
  },
  {
    car: {
      year: 2014,
      make: 'Chevrolet',
      model: 'Corvette',
      trim: 'Stingray 1LT',
      vin: withCheckDigit('1G1YB2D70E5998122'),
    },
    body: { bodyStyle: 'Coupe', doors: 2, mpgCity: 17, mpgHighway: 29 },
    drive: {
      engine: '6.2L V8',
      transmission: '7-Speed Manual',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Laguna Blue Tintcoat',
      interiorColor: 'Jet Black Leather',
    },
    past: {
      mileage: 34700,
      owners: 3,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 36995,
      cost: 33000,
      msrp: 51000,
      status: 'hold',
      featured: false,
      listedDaysAgo: 40,
    },
    features: `Removable Roof Panel; Driver Mode Selector; Rev-Matching Manual; Brembo Brakes; Bose
      Audio; HID Headlights; MyLink; Power Bolster Seats; Backup Camera`,
    description: `Lift the roof panel out, lay it behind the seats, and you have a convertible with
      a proper trunk. First-year Stingrays have their fans, and Laguna Blue is the color they ask
      for. Torque tube and rear differential are quiet, the dampers are dry, and no wheel is
      cracked; we looked, because the early ones do that. It idles down to four cylinders on the
      highway and will do twenty-nine if you let it. A gentleman has asked us to hold it until his
      own Corvette sells.`,
  },
  {
    car: { year: 1967, make: 'Ford', model: 'Mustang', trim: 'Hardtop 289', vin: '7R01C998124' },
    body: { bodyStyle: 'Coupe', doors: 2 },
    drive: {
      engine: '4.7L V8',
      transmission: '3-Speed Automatic',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Dark Moss Green',
      interiorColor: 'Parchment Vinyl',
    },
    past: {
      mileage: 71400,
      owners: 4,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 32500,
      cost: 26000,
      msrp: 2461,
      status: 'available',
      featured: true,
      listedDaysAgo: 47,
    },
    features: `289 V8 with Two-Barrel Carburetor; Cruise-O-Matic; Power Steering; Front Disc Brake
      Conversion; Styled Steel Wheels; Electronic Ignition; Parchment Interior; Build Sheet Copy`,
    description: `A California car that stayed dry until it came to us. San Jose built, C-code
      two-barrel, Cruise-O-Matic, and still in its factory Dark Moss Green after one good repaint in
      the nineties. Floors and torque boxes are original steel and solid; bring a magnet. Somebody
      sensible installed front discs and an electronic ignition, so it stops and starts like a newer
      car, and the old parts are in a box. The odometer has five digits and we will not guess how
      many times it has rolled over. Short chassis number, as they were then.`,
  },
]
