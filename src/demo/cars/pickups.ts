import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const pickups: readonly CarEntry[] = [
  {
    car: {
      year: 2020,
      make: 'Ford',
      model: 'F-150',
      trim: 'XLT SuperCrew',
      vin: withCheckDigit('1FTEW1EP0LK998147'),
    },
    body: { bodyStyle: 'Pickup', doors: 4, mpgCity: 19, mpgHighway: 24 },
    drive: {
      engine: '2.7L Twin-Turbo V6',
      transmission: '10-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Agate Black Metallic',
      interiorColor: 'Medium Earth Gray Cloth',
    },
    past: {
      mileage: 69300,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 27995,
      cost: 25000,
      msrp: 42345,
      status: 'available',
      featured: false,
      listedDaysAgo: 10,
    },
    features: `SuperCrew Cab; Trailer Tow Package; SYNC 3; Apple CarPlay; Android Auto; Spray-In
      Bedliner; Power Sliding Rear Window; Remote Start; Electronic Locking Rear Axle; 18-Inch
      Chrome Wheels`,
    description: `The small turbo is the engine Ford people recommend to their own families: strong,
      frugal and without the appetite of the bigger one. Bed is lined and the liner has earned its
      keep, but nothing has ever been dropped through it. Ten-speed reprogrammed to the latest
      calibration, and it shifts sweetly now. Cam phaser talk does not apply to this motor. A
      retired lineman bought it new, pulled a fishing boat, and waxed it twice a year. The tailgate
      step alone will win you over.`,
  },
  {
    car: {
      year: 2018,
      make: 'Toyota',
      model: 'Tacoma',
      trim: 'TRD Off-Road',
      vin: withCheckDigit('3TMCZ5AN0JM998148'),
    },
    body: { bodyStyle: 'Pickup', doors: 4, mpgCity: 18, mpgHighway: 22 },
    drive: {
      engine: '3.5L V6',
      transmission: '6-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Cavalry Blue',
      interiorColor: 'TRD Graphite Fabric',
    },
    past: {
      mileage: 74200,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 28495,
      cost: 25700,
      msrp: 35515,
      status: 'available',
      featured: true,
      listedDaysAgo: 3,
    },
    features: `Electronic Locking Rear Differential; Crawl Control; Multi-Terrain Select; Bilstein
      Shocks; Double Cab; Toyota Safety Sense; Tow Package; Bed Deck Rails; 400-Watt Bed Outlet;
      Skid Plates`,
    description: `Cavalry Blue was made for one stretch of model years and people still chase it.
      This is the TRD Off-Road with the rear locker, so you have the hardware without somebody
      else's lift kit bolted around it. Driven to trailheads by a geologist who could explain every
      scratch on the skid plate. Frame is clean, the leaf springs were done in the recall, and the
      air filter housing has no dust line. Fluids fresh in both axles and the transfer case. Trucks
      like this one rarely see a second month here.`,
  },
  {
    car: {
      year: 2019,
      make: 'Ram',
      model: '1500',
      trim: 'Big Horn Crew Cab',
      vin: withCheckDigit('1C6SRFFT0KN399149'),
    },
    body: { bodyStyle: 'Pickup', doors: 4, mpgCity: 15, mpgHighway: 21 },
    drive: {
      engine: '5.7L HEMI V8',
      transmission: '8-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Maximum Steel Metallic',
      interiorColor: 'Diesel Gray Cloth',
    },
    past: {
      mileage: 66800,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 26995,
      cost: 24100,
      msrp: 42085,
      status: 'sold',
      featured: false,
      listedDaysAgo: 50,
      soldDaysAgo: 16,
    },
    features: `Uconnect 8.4; Apple CarPlay; Android Auto; Heated Front Seats; Heated Steering Wheel;
      RamBox Storage; Trailer Brake Control; Rear Underseat Storage; 20-Inch Wheels`,
    description: `Best cabin in the class, by general agreement of people who have slept in all of
      them. The lockable boxes in the bed rails hold a full set of straps and a cold case of
      anything. Manifold bolts on the right bank were replaced, so it does not tick when cold. Brake
      controller is factory and calibrated. The second owner put nine thousand miles on it in two
      years. Small dent in the tailgate from a gooseneck that was not there a moment before.
      Delivered to a farm two counties over.`,
  },
  {
    car: {
      year: 2017,
      make: 'Chevrolet',
      model: 'Silverado 2500HD',
      trim: 'LTZ Crew Cab',
      vin: withCheckDigit('1GC1KWEY0HF998150'),
    },
    body: { bodyStyle: 'Pickup', doors: 4 },
    drive: {
      engine: '6.6L Duramax Turbo-Diesel V8',
      transmission: '6-Speed Automatic',
      drivetrain: '4WD',
      fuelType: 'Diesel',
    },
    colors: {
      exteriorColor: 'Pepperdust Metallic',
      interiorColor: 'Jet Black Leather',
    },
    past: {
      mileage: 97400,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 41995,
      cost: 38000,
      msrp: 62700,
      status: 'available',
      featured: false,
      listedDaysAgo: 66,
    },
    features: `Allison Transmission; Gooseneck Prep; Exhaust Brake; Trailer Brake Control; Heated
      and Ventilated Leather Seats; Bose Audio; Navigation; Spray-In Bedliner; Front and Rear Park
      Assist; Z71 Package`,
    description: `Four hundred forty-five horsepower, nine hundred and ten pound-feet, and an
      Allison behind it. First year of the L5P, completely stock, with every emissions part where
      the factory put it, which matters more each year at inspection time. It pulled a three-horse
      trailer for one stable; the gooseneck ball is in the bed and the fifth-wheel rails are not
      drilled. Fuel filters changed every fifteen thousand, Allison spin-on at fifty and at ninety.
      The EPA does not rate trucks this heavy. Expect eighteen empty.`,
  },
  {
    car: {
      year: 2023,
      make: 'Ford',
      model: 'Maverick',
      trim: 'XLT Hybrid',
      vin: withCheckDigit('3FTTW8E30PR998151'),
    },
    body: { bodyStyle: 'Pickup', doors: 4, mpgCity: 42, mpgHighway: 33 },
    drive: {
      engine: '2.5L I4 Hybrid',
      transmission: 'eCVT',
      drivetrain: 'FWD',
      fuelType: 'Hybrid',
    },
    colors: {
      exteriorColor: 'Cyber Orange Metallic',
      interiorColor: 'Desert Brown Cloth',
    },
    past: {
      mileage: 31400,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 23495,
      cost: 21200,
      msrp: 25255,
      status: 'pending',
      featured: false,
      listedDaysAgo: 15,
    },
    warranty:
      'Factory powertrain: 5 years or 60,000 miles; hybrid parts 8 years or 100,000, from ' +
      'first sale in June 2023',
    features: `Flexbed Tie-Down Rails; 110-Volt Outlets; Apple CarPlay; Android Auto; Ford
      Co-Pilot360; Cruise Control; 17-Inch Alloy Wheels; Power Tailgate Lock; Backup Camera`,
    description: `A pickup that gets forty in town and fits a normal garage, so of course Ford could
      not build them fast enough. The bed is four and a half feet, which turns out to be exactly a
      motorcycle on the diagonal or eleven bags of mulch. One owner, an electrician's apprentice who
      finished the apprenticeship and bought a van. Soft tonneau included. The last two software
      updates and the rear light recall are done. We took a deposit yesterday; if the trade-in falls
      through, it comes straight back.`,
  },
  {
    car: { year: 1972, make: 'Chevrolet', model: 'C10', trim: 'Cheyenne', vin: 'CCE142S998150' },
    body: { bodyStyle: 'Pickup', doors: 2 },
    drive: {
      engine: '5.7L V8',
      transmission: '3-Speed Automatic',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Medium Blue and White',
      interiorColor: 'Blue Houndstooth',
    },
    past: {
      mileage: 88100,
      owners: 3,
      accidents: 0,
      serviceRecords: false,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: { price: 38900, cost: 31500, status: 'available', featured: false, listedDaysAgo: 35 },
    features: `350 V8 with Four-Barrel Carburetor; Turbo Hydra-Matic; Power Steering; Power Disc
      Brakes; Factory Air Conditioning; Houndstooth Bench Seat; Wood Bed Floor; Chrome Bumpers`,
    description: `Last and best year of the body style, in the two-tone that sold the truck in the
      brochure. Restored over four winters by a shop teacher and his students, and the work is
      better than the phrase suggests: doors close with two fingers, the bed is oak, every gauge
      reads. The 350 has its four-barrel and a mild cam you can hear but not smell. Disc brakes in
      front came with it from the factory. Whitewalls and dog-dish caps, and a short serial number
      on the door post, as trucks had in those days.`,
  },
]
