import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const convertibles: readonly CarEntry[] = [
  {
    car: {
      year: 2016,
      make: 'Mazda',
      model: 'MX-5 Miata',
      trim: 'Club',
      vin: withCheckDigit('JM1NDAC70G0998123'),
    },
    body: { bodyStyle: 'Convertible', doors: 2, mpgCity: 27, mpgHighway: 34 },
    drive: {
      engine: '2.0L I4',
      transmission: '6-Speed Manual',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Soul Red Metallic',
      interiorColor: 'Black Cloth with Red Stitching',
    },
    past: {
      mileage: 45200,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 17995,
      cost: 15300,
      msrp: 28600,
      status: 'available',
      featured: false,
      listedDaysAgo: 13,
    },
    features: `Bilstein Dampers; Limited-Slip Differential; Front Shock Tower Brace; 17-Inch Wheels;
      Bose Headrest Speakers; 7-Inch Touchscreen; LED Headlights; Hand-Operated Soft Top`,
    description: `You can drop the top with one arm at a red light and be grinning before it turns
      green. The Club is the one to have: Bilstein dampers, a limited-slip differential and the
      shock tower brace come standard. Both owners kept it indoors in winter. The soft top has kept
      its shape and its window is clear, the drains are not clogged, and the transmission is the
      later, revised unit, replaced by Mazda under warranty in 2018. It weighs about as much as the battery in some
      new cars, and it tells you everything the road is doing.`,
  },
  {
    car: {
      year: 2020,
      make: 'Chevrolet',
      model: 'Camaro',
      trim: '1SS Convertible',
      vin: withCheckDigit('1G1FF3D70L0998124'),
    },
    body: { bodyStyle: 'Convertible', doors: 2, mpgCity: 16, mpgHighway: 26 },
    drive: {
      engine: '6.2L V8',
      transmission: '10-Speed Automatic',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Rapid Blue', interiorColor: 'Jet Black Cloth' },
    past: {
      mileage: 26800,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 30995,
      cost: 27600,
      msrp: 43000,
      status: 'sold',
      featured: false,
      listedDaysAgo: 54,
      soldDaysAgo: 5,
    },
    features: `Power Soft Top; Brembo Brakes; Apple CarPlay; Android Auto; Remote Start; Rear Park
      Assist; 20-Inch Alloy Wheels; Launch Control; LED Headlights`,
    description: `Four hundred fifty-five horsepower and nothing above your head but weather. The
      top goes down while you are still rolling, in about the time a traffic light takes. One owner,
      who drove it on fair weekends from April to October and stored it on a battery tender. Tires
      are from the summer before last. We serviced it, sanitized the ventilation and had the soft
      top re-treated. Rapid Blue makes the whole street turn around, and it has never been
      repainted. Went to a retired pilot.`,
  },
  {
    car: {
      year: 1974,
      make: 'Volkswagen',
      model: 'Super Beetle',
      trim: 'Convertible',
      vin: '1542998127',
    },
    body: { bodyStyle: 'Convertible', doors: 2 },
    drive: {
      engine: '1.6L Air-Cooled Flat-4',
      transmission: '4-Speed Manual',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Rallye Yellow',
      interiorColor: 'Black Leatherette',
    },
    past: {
      mileage: 64300,
      owners: 3,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 21500,
      cost: 17200,
      msrp: 3475,
      status: 'available',
      featured: false,
      listedDaysAgo: 83,
    },
    features: `Karmann Soft Top; Curved Windshield; Whitewall Tires; Rebuilt Engine (2019);
      Electronic Ignition; Tool Kit; Owner's Manual`,
    description: `Cheerful is the only word. Karmann built the convertible with so much padding in
      the roof that it folds into a bundle the size of a sofa cushion, and this one still has the
      glass rear window. The 1600 was rebuilt in 2019 and has covered six thousand miles since. New
      brake hoses, new fuel lines, a fire extinguisher under the seat. Heater channels are solid,
      and yes, the heater does heat. Paint is older and friendly, with a few touched-in chips.
      Starts on the first turn and sounds exactly the way you remember.`,
  },
]
