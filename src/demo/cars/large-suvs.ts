import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const largeSuvs: readonly CarEntry[] = [
  {
    car: {
      year: 2019,
      make: 'Ford',
      model: 'Explorer',
      trim: 'XLT 4WD',
      vin: withCheckDigit('1FM5K8D80KG998130'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 16, mpgHighway: 22 },
    drive: {
      engine: '3.5L V6',
      transmission: '6-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Blue Metallic', interiorColor: 'Ebony Cloth' },
    past: {
      mileage: 78400,
      owners: 2,
      accidents: 1,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 16995,
      cost: 14300,
      msrp: 37170,
      status: 'available',
      featured: false,
      listedDaysAgo: 49,
    },
    features: `Third-Row Seating; Terrain Management System; SYNC 3; Apple CarPlay; Android Auto;
      Reverse Sensing; Heated Mirrors; Power Driver Seat; Trailer Tow Package; Roof Rails`,
    description: `Three rows for less than the price of some two-row cars. The naturally aspirated
      V6 is the uncomplicated choice, and because its water pump lives inside the engine we had it
      replaced, with the timing set, while it was here: the bill is in the folder and it is not
      small. One sideswipe in its past, two doors repainted. It towed a pop-up camper four weekends
      a year. Third row folds with a strap and was hardly ever used. Seats cleaned, headliner
      perfect, roof rails straight.`,
  },
  {
    car: {
      year: 2018,
      make: 'Jeep',
      model: 'Wrangler',
      trim: 'Unlimited Sahara',
      vin: withCheckDigit('1C4HJXEG0JW998131'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 18, mpgHighway: 23 },
    drive: {
      engine: '3.6L V6',
      transmission: '8-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: "Punk'n Metallic", interiorColor: 'Black Cloth' },
    past: {
      mileage: 61900,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 26995,
      cost: 24100,
      msrp: 37345,
      status: 'available',
      featured: false,
      listedDaysAgo: 24,
    },
    features: `Body-Color Hardtop; Command-Trac 4WD; Uconnect 7-Inch; Apple CarPlay; Android Auto;
      Remote Start; Side Steps; LED Lighting; Tow Hooks; All-Weather Mats`,
    description: `The doors come off, the roof comes off, the windshield folds, and the color makes
      sure everybody sees you do it. First year of the JL, with the good eight-speed. It has been to
      the beach and along a few fire roads, and the underside, which we pressure-washed and
      photographed, has surface marks but no dents in the skids. Freedom panels seal and the
      headliner is fitted. Steering stabilizer was replaced under the factory campaign. Stock
      height, stock gears, nobody's unfinished project.`,
  },
  {
    car: {
      year: 2022,
      make: 'Kia',
      model: 'Telluride',
      trim: 'SX AWD',
      vin: withCheckDigit('5XYP5DHC0NG998133'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 19, mpgHighway: 24 },
    drive: {
      engine: '3.8L V6',
      transmission: '8-Speed Automatic',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Dark Moss', interiorColor: 'Butterscotch Leather' },
    past: {
      mileage: 49200,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 32995,
      cost: 29800,
      msrp: 44590,
      status: 'sold',
      featured: false,
      listedDaysAgo: 33,
      soldDaysAgo: 8,
    },
    warranty: 'Factory powertrain: 5 years or 60,000 miles from first sale in January 2022',
    features: `Dual Sunroofs; Surround View Monitor; Captain's Chairs; Heated and Ventilated Front
      Rows; Harman Kardon Audio; Self-Leveling Suspension; Highway Driving Assist; 10.25-Inch
      Display; Power Liftgate; Rear Window Shades`,
    description: `Seven seats, all of which an adult would choose. The butterscotch interior against
      the dark green was the combination dealers could not get enough of. One family since new,
      three child seats, and you can hardly tell: a detailer spent two days on it. Tow harness
      recall done, tires at seven thirty-seconds, third-row vents all blow cold. We listed it on a
      Monday and four people had called by lunch. It left with a couple expecting twins.`,
  },
  {
    car: {
      year: 2016,
      make: 'Chevrolet',
      model: 'Tahoe',
      trim: 'LT 4WD',
      vin: withCheckDigit('1GNSKBKC0GR998137'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 16, mpgHighway: 22 },
    drive: {
      engine: '5.3L V8',
      transmission: '6-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Tungsten Metallic',
      interiorColor: 'Cocoa and Dune Leather',
    },
    past: {
      mileage: 108300,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 21995,
      cost: 19000,
      msrp: 55310,
      status: 'available',
      featured: false,
      listedDaysAgo: 58,
    },
    features: `Leather Seats; Heated Front Seats; Bose Audio; Rear Seat Entertainment; Power
      Liftgate; Trailering Package; Apple CarPlay; Front and Rear Park Assist; Power Folding Third
      Row; Running Boards`,
    description: `It hauled a hockey team and a boat, sometimes on the same weekend, and asks to be
      judged by its maintenance rather than its odometer. Transmission serviced twice, lifters
      quiet, transfer case fluid clean, front hubs done at ninety. This trim has no magnetic
      dampers, so there is nothing exotic to replace. The screens in the back still work and
      the headphones are in the console. Leather is worn where hockey players sit. A big, easy,
      rust-free truck with two keys.`,
  },
  {
    car: {
      year: 2015,
      make: 'Toyota',
      model: '4Runner',
      trim: 'SR5 4WD',
      vin: withCheckDigit('JTEBU5JR0F5998140'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 17, mpgHighway: 21 },
    drive: {
      engine: '4.0L V6',
      transmission: '5-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Nautical Blue Metallic',
      interiorColor: 'Graphite Fabric',
    },
    past: {
      mileage: 112600,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 22495,
      cost: 19600,
      msrp: 34695,
      status: 'available',
      featured: false,
      listedDaysAgo: 41,
    },
    features: `Part-Time 4WD; Power Rear Window; Entune Audio; Backup Camera; Skid Plates; Tow Hitch
      Receiver; Running Boards; Active Traction Control; Bluetooth`,
    description: `Old-fashioned on purpose: a frame, a lever for four-wheel drive and a back window
      that rolls down so the dog can navigate. A hundred and twelve thousand is the first chapter
      for one of these, and they lose value more slowly than savings accounts gain it. The frame was
      oiled every autumn by the second owner, a surveyor, and it shows when you lie underneath. Ball
      joints, radiator hoses and all fluids done at a hundred. Thirsty, unbreakable, and it always
      sells within two months.`,
  },
]
