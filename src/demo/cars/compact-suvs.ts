import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const compactSuvs: readonly CarEntry[] = [
  {
    car: {
      year: 2020,
      make: 'Honda',
      model: 'CR-V',
      trim: 'EX AWD',
      vin: withCheckDigit('2HKRW2H50LH998128'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 27, mpgHighway: 32 },
    drive: {
      engine: '1.5L Turbo I4',
      transmission: 'CVT',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Obsidian Blue Pearl', interiorColor: 'Gray Cloth' },
    past: {
      mileage: 51800,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 22495,
      cost: 19900,
      msrp: 29060,
      status: 'available',
      featured: false,
      listedDaysAgo: 7,
    },
    features: `Honda Sensing; Apple CarPlay; Android Auto; Moonroof; Heated Front Seats; Remote
      Engine Start; Blind Spot Information; Power Driver Seat; Dual-Zone Climate Control`,
    description: `If you asked ten of our customers what they came in for, six would describe this
      car. It seats five real people, takes a double stroller without a discussion, and asks for
      fuel about every four hundred miles. The rear differential fluid was changed on time, which is
      the thing CR-V owners forget. A teacher bought it new and never let anyone eat in it. Fresh
      brake fluid, four-wheel alignment, and an oil change with the filter Honda wants. The cargo
      cover is still in its wrapper.`,
  },
  {
    car: {
      year: 2021,
      make: 'Toyota',
      model: 'RAV4 Prime',
      trim: 'SE',
      vin: withCheckDigit('JTMAB3FV0MD998129'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 40, mpgHighway: 36 },
    drive: {
      engine: '2.5L I4 Plug-in Hybrid',
      transmission: 'eCVT',
      drivetrain: 'AWD',
      fuelType: 'Plug-in hybrid',
    },
    colors: { exteriorColor: 'Supersonic Red', interiorColor: 'Black Fabric' },
    past: {
      mileage: 48700,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 29995,
      cost: 27300,
      msrp: 38100,
      status: 'available',
      featured: true,
      listedDaysAgo: 5,
    },
    warranty: 'Factory traction battery: 10 years or 150,000 miles from first sale in April 2021',
    features: `42-Mile Electric Range; 302 Horsepower; Toyota Safety Sense; Heated Front Seats;
      Power Liftgate; Apple CarPlay; Android Auto; Blind Spot Monitor; 18-Inch Alloy Wheels;
      Charging Cable Included`,
    description: `Forty-two miles on the plug, then a hybrid that still does better than
      thirty-five, and the second-quickest thing Toyota sold that year. Nobody in the commercials
      mentions that last part. Its only owner charged it in the garage every night and bought
      gasoline about once a month, so the engine has far fewer hours on it than the odometer
      suggests. Dealer serviced, latest recalls closed, charging cable and spare key present. People
      drove across three states for these when they were new. You can walk over and look at one.`,
  },
  {
    car: {
      year: 2020,
      make: 'Mazda',
      model: 'CX-5',
      trim: 'Touring AWD',
      vin: withCheckDigit('JM3KFBCM0L0199134'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 24, mpgHighway: 30 },
    drive: {
      engine: '2.5L I4',
      transmission: '6-Speed Automatic',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Machine Gray Metallic',
      interiorColor: 'Black Leatherette',
    },
    past: {
      mileage: 57600,
      owners: 1,
      accidents: 1,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 18495,
      cost: 16100,
      msrp: 28230,
      status: 'pending',
      featured: false,
      listedDaysAgo: 29,
    },
    features: `Radar Cruise Control; Smart City Brake Support; Heated Front Seats; Apple CarPlay;
      Android Auto; Blind Spot Monitoring; Keyless Entry; Dual-Zone Climate Control; 17-Inch Alloy
      Wheels`,
    description: `For people who need an SUV and wish they did not. Mazda gave this one a real
      six-speed automatic, steering that weights up in a bend, and a cabin that looks a class more
      expensive than it was. The accident on record was a deer, low speed, left headlight and
      grille; the repair invoice lists only factory parts. Headlight aim was set here afterwards.
      Rear pads are new, the battery was replaced last winter. A deposit is down and the credit
      union has said yes, but things happen, so ask.`,
  },
  {
    car: {
      year: 2017,
      make: 'Lexus',
      model: 'RX',
      trim: '350 AWD',
      vin: withCheckDigit('2T2BZMCA0HC998135'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 19, mpgHighway: 26 },
    drive: {
      engine: '3.5L V6',
      transmission: '8-Speed Automatic',
      drivetrain: 'AWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Nebula Gray Pearl',
      interiorColor: 'Parchment Leather',
    },
    past: {
      mileage: 81200,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 23995,
      cost: 21000,
      msrp: 44520,
      status: 'available',
      featured: false,
      listedDaysAgo: 36,
    },
    features: `Heated and Ventilated Seats; Moonroof; Navigation; Blind Spot Monitor; Power
      Liftgate; LED Headlights; Lexus Safety System; Power Tilt Steering Wheel; Memory Seats; Backup
      Camera`,
    description: `Eighty-one thousand miles is barely broken in. The V6 in this RX is
      the same one that sees three hundred thousand in airport shuttles, and everything around it
      was put together by people who check twice. Both owners used the Lexus dealer across town.
      Parchment leather has been conditioned and looks like furniture. You will notice the silence
      first, then the seats. We replaced the liftgate struts, the cabin filter and a set of tired
      wipers, and found nothing else to do.`,
  },
  {
    car: {
      year: 2021,
      make: 'Tesla',
      model: 'Model Y',
      trim: 'Long Range',
      vin: withCheckDigit('5YJYGDEE0MF998136'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 131, mpgHighway: 117 },
    drive: {
      engine: 'Dual-Motor Electric',
      transmission: 'Single-Speed',
      drivetrain: 'AWD',
      fuelType: 'Electric',
    },
    colors: { exteriorColor: 'Deep Blue Metallic', interiorColor: 'Black' },
    past: {
      mileage: 58400,
      owners: 2,
      accidents: 1,
      serviceRecords: true,
      titleStatus: 'Rebuilt',
      condition: 'Good',
    },
    offer: {
      price: 18995,
      cost: 15600,
      msrp: 49990,
      status: 'available',
      featured: false,
      listedDaysAgo: 64,
    },
    features: `Autopilot; Glass Roof; Heated Front and Rear Seats; Power Liftgate; Premium Audio;
      Heat Pump; Wireless Charging; 19-Inch Gemini Wheels; Tow Hitch`,
    description: `Rebuilt title, and priced for it. A rear-end collision in 2022 took out the
      liftgate, the bumper beam and one quarter panel; a certified body shop put it right, the state
      inspected it, and we have forty photographs from before, during and after. The battery was
      never touched and still shows two hundred ninety-five miles when full. It supercharges
      normally, the hitch is factory, and the panel gaps are, if anything, better than new. Some
      lenders will not finance a rebuilt title. We know two that will.`,
  },
  {
    car: {
      year: 2023,
      make: 'Hyundai',
      model: 'IONIQ 5',
      trim: 'Limited AWD',
      vin: withCheckDigit('KM8KRDAF0PU998139'),
    },
    body: { bodyStyle: 'SUV', doors: 4, mpgCity: 110, mpgHighway: 87 },
    drive: {
      engine: 'Dual-Motor Electric, 320 hp',
      transmission: 'Single-Speed',
      drivetrain: 'AWD',
      fuelType: 'Electric',
    },
    colors: { exteriorColor: 'Digital Teal', interiorColor: 'Gray H-Tex' },
    past: {
      mileage: 36900,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 27495,
      cost: 24600,
      msrp: 56500,
      status: 'available',
      featured: false,
      listedDaysAgo: 20,
    },
    warranty:
      'Factory electric powertrain and battery: 10 years or 100,000 miles for the first ' +
      'owner; 5 years or 60,000 basic',
    features: `800-Volt Fast Charging; Vision Roof; Augmented Reality Head-Up Display; Surround View
      Monitor; Highway Driving Assist 2; Relaxation Front Seats; Vehicle-to-Load Outlet; Bose Audio;
      Heated and Ventilated Seats; Power Liftgate`,
    description: `Ten to eighty percent in the time it takes to buy a sandwich. The
      eight-hundred-volt system is what the expensive German cars have, in a shape that looks like a
      concept car escaped from a stage. This is the Limited with everything: the sliding console,
      the reclining seats, and an outlet under the bench that will run a refrigerator through a
      power outage. The charging control unit was replaced under its recall campaign and the car has
      the current software. Off a three-year lease, gentle miles, no curb rash.`,
  },
]
