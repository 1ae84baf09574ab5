import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const wagons: readonly CarEntry[] = [
  {
    car: {
      year: 2021,
      make: 'Subaru',
      model: 'Outback',
      trim: 'Premium',
      vin: withCheckDigit('4S4BTACC0M3998125'),
    },
    body: { bodyStyle: 'Wagon', doors: 4, mpgCity: 26, mpgHighway: 33 },
    drive: { engine: '2.5L Flat-4', transmission: 'CVT', drivetrain: 'AWD', fuelType: 'Gasoline' },
    colors: {
      exteriorColor: 'Abyss Blue Pearl',
      interiorColor: 'Slate Black Cloth',
    },
    past: {
      mileage: 54300,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 22995,
      cost: 20300,
      msrp: 29045,
      status: 'available',
      featured: false,
      listedDaysAgo: 11,
    },
    features: `EyeSight Driver Assist; Heated Front Seats; 11.6-Inch Touchscreen; Apple CarPlay;
      Android Auto; Roof Rails with Crossbars; X-MODE; Power Driver Seat; All-Weather Mats; Trailer
      Hitch`,
    description: `Bought new by a couple who hike, traded by the same couple when they moved up to a
      trailer. The receiver hitch carried a bike rack and nothing heavier. All-weather mats have
      lived on the floor since day one, so the carpet underneath is like new. Differential fluids
      and CVT fluid were both changed at fifty thousand, which is more than the book asks for.
      Windshield was replaced with the Subaru part and the cameras recalibrated. You could load it
      tonight and be on a forest road by breakfast.`,
  },
  {
    car: {
      year: 2018,
      make: 'Volvo',
      model: 'V90 Cross Country',
      trim: 'T6 AWD',
      vin: withCheckDigit('YV4A22NL0J1998126'),
    },
    body: { bodyStyle: 'Wagon', doors: 4, mpgCity: 22, mpgHighway: 30 },
    drive: {
      engine: '2.0L Turbo Supercharged I4',
      transmission: '8-Speed Automatic',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Pine Grey Metallic',
      interiorColor: 'Amber Nappa Leather',
    },
    past: {
      mileage: 76100,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 23995,
      cost: 20900,
      msrp: 55300,
      status: 'available',
      featured: false,
      listedDaysAgo: 57,
    },
    features: `Pilot Assist; Panoramic Roof; Ventilated Front Seats; Massage Front Seats; Bowers &
      Wilkins Audio; Head-Up Display; 360-Degree Camera; Heated Rear Seats; Power Tailgate;
      Four-Zone Climate Control`,
    description: `Few people bought the big Volvo wagon, and those who did rarely let go of it.
      Amber leather the color of good whiskey, a Bowers and Wilkins system that makes you sit in the
      driveway for one more song, and a cargo area long enough to sleep in. Both belts and the spark
      plugs were done at seventy thousand by a Volvo dealer. Rear air springs hold their height
      overnight; we measured. The center screen has the latest software that Volvo released for it.
      Long-distance cars do not come much more comfortable.`,
  },
  {
    car: {
      year: 2019,
      make: 'Volkswagen',
      model: 'Golf Alltrack',
      trim: 'SE',
      vin: withCheckDigit('3VWM17AU0KM998127'),
    },
    body: { bodyStyle: 'Wagon', doors: 4, mpgCity: 22, mpgHighway: 29 },
    drive: {
      engine: '1.8L Turbo I4',
      transmission: '6-Speed Dual-Clutch',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Great Falls Green Metallic',
      interiorColor: 'Marrakesh Leatherette',
    },
    past: {
      mileage: 63400,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 17995,
      cost: 15500,
      msrp: 30530,
      status: 'hold',
      featured: false,
      listedDaysAgo: 19,
    },
    features: `4MOTION All-Wheel Drive; Panoramic Sunroof; Fender Audio; Heated Front Seats; Apple
      CarPlay; Android Auto; Blind Spot Monitor; Off-Road Mode; Silver Roof Rails`,
    description: `Green with a brown interior, a sunroof the length of the car and all-wheel drive:
      enthusiasts set search alerts for exactly this. The dual-clutch transmission and rear Haldex
      unit had their fluid changed at forty thousand, and there is an invoice that says so. One
      owner, a photographer, who carried tripods and not much else. Door seals, sunroof drains and
      undertray were cleaned here. Not a mark on the rails. On hold while a buyer drives up from two
      states away; we will know by the weekend.`,
  },
  {
    car: {
      year: 2001,
      make: 'Audi',
      model: 'RS 4',
      trim: 'Avant quattro',
      vin: 'WUAZZZ8DZ1N998128',
    },
    body: { bodyStyle: 'Wagon', doors: 4 },
    drive: {
      engine: '2.7L Twin-Turbo V6',
      transmission: '6-Speed Manual',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Nogaro Blue Pearl',
      interiorColor: 'Black Leather and Alcantara',
    },
    past: {
      mileage: 81900,
      owners: 4,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: { price: 64900, cost: 56500, status: 'available', featured: true, listedDaysAgo: 26 },
    features: `Recaro Sport Seats; quattro All-Wheel Drive; 18-Inch 9-Spoke Wheels; Xenon
      Headlights; Heated Front Seats; Bose Audio; Timing Belt Service 2025; Import Papers Complete`,
    description: `Never sold here when it was new, and old enough now to come in legally. Imported
      from Germany this year under the twenty-five-year rule: customs release, EPA form and state
      title are all in hand, and the stamped service book runs from 2001. The odometer reads
      kilometers; the figure above is converted. Timing belt, water pump and both turbo hoses were
      replaced by a specialist before it sailed. European chassis number, with a Z where ours have a
      check digit, so do not be alarmed when a website rejects it. Nogaro Blue, naturally.`,
  },
]
