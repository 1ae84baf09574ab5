import { withCheckDigit } from '../../domain/vin.ts'
import type { CarEntry } from './entry.ts'

export const vans: readonly CarEntry[] = [
  {
    car: {
      year: 2019,
      make: 'Honda',
      model: 'Odyssey',
      trim: 'EX-L',
      vin: withCheckDigit('5FNRL6H70KB998143'),
    },
    body: { bodyStyle: 'Minivan', doors: 4, mpgCity: 19, mpgHighway: 28 },
    drive: {
      engine: '3.5L V6',
      transmission: '9-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Forest Mist Metallic',
      interiorColor: 'Gray Leather',
    },
    past: {
      mileage: 66200,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 23495,
      cost: 20700,
      msrp: 37460,
      status: 'available',
      featured: false,
      listedDaysAgo: 18,
    },
    features: `Magic Slide Second Row; Power Sliding Doors; Power Tailgate; Leather Seats; Heated
      Front Seats; Moonroof; Honda Sensing; Apple CarPlay; Android Auto; CabinWatch Mirror`,
    description: `Nobody dreams of a minivan until the first time both doors slide open by
      themselves in the rain. The second row moves sideways, so you can reach the baby or seat the
      squabblers at opposite ends. Timing belt is not due until a hundred thousand, but the
      transmission fluid has already been changed once. One owner, three kids, seat covers from the
      first week. All recalls on the sliding doors and the camera are closed. It still smells
      faintly of sunscreen, which we decided was not a defect.`,
  },
  {
    car: {
      year: 2021,
      make: 'Chrysler',
      model: 'Pacifica Hybrid',
      trim: 'Touring L',
      vin: withCheckDigit('2C4RC1L70MR998144'),
    },
    body: { bodyStyle: 'Minivan', doors: 4, mpgCity: 29, mpgHighway: 30 },
    drive: {
      engine: '3.6L V6 Plug-in Hybrid',
      transmission: 'eCVT',
      drivetrain: 'FWD',
      fuelType: 'Plug-in hybrid',
    },
    colors: { exteriorColor: 'Velvet Red Pearl', interiorColor: 'Black Leather' },
    past: {
      mileage: 44500,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Excellent',
    },
    offer: {
      price: 24995,
      cost: 22100,
      msrp: 41490,
      status: 'hold',
      featured: false,
      listedDaysAgo: 27,
    },
    warranty: 'Factory hybrid battery: 8 years or 100,000 miles from first sale in March 2021',
    features: `32-Mile Electric Range; Power Sliding Doors; Hands-Free Liftgate; Leather Seats;
      Heated Front Seats; 10.1-Inch Uconnect 5; Wireless Apple CarPlay; Wireless Android Auto; Blind
      Spot Monitoring; Tri-Zone Climate Control`,
    description: `School drop-off on electricity, the cross-country trip on gasoline, and no second
      car in the driveway. It was built after the battery campaign on the earlier ones and the
      recall lookup comes back empty. The second row does not stow in the floor, because that is
      where the battery lives; the seats lift out instead and one person can do it. Charging port,
      cable and both fobs tested. Held for a daycare whose board votes on Tuesday. We have a waiting
      list of one.`,
  },
  {
    car: {
      year: 2014,
      make: 'Dodge',
      model: 'Grand Caravan',
      trim: 'SXT',
      vin: withCheckDigit('2C4RDGCG0ER998146'),
    },
    body: { bodyStyle: 'Minivan', doors: 4, mpgCity: 17, mpgHighway: 25 },
    drive: {
      engine: '3.6L V6',
      transmission: '6-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Billet Silver Metallic',
      interiorColor: 'Black Cloth',
    },
    past: {
      mileage: 128700,
      owners: 3,
      accidents: 1,
      serviceRecords: false,
      titleStatus: 'Rebuilt',
      condition: 'Fair',
    },
    offer: {
      price: 5995,
      cost: 4200,
      msrp: 26295,
      status: 'available',
      featured: false,
      listedDaysAgo: 110,
    },
    features: `Stow 'n Go Seating; Power Sliding Doors; Three-Zone Climate Control; Roof Rack;
      Backup Camera; Remote Start; Bluetooth`,
    description: `A working van for a band, a painter or a family that is hard on things. Hail
      totaled it on paper in 2020; the roof and hood were replaced, the state branded the title
      rebuilt, and there are still dimples along the rails if you know where to look. Mechanically
      it is better than it looks: oil filter housing, front struts and a rear brake job, all within
      the last year. Seats vanish into the floor in a minute. No service book. The price leaves room
      for whatever you find.`,
  },
  {
    car: {
      year: 2017,
      make: 'Ford',
      model: 'Transit-250',
      trim: 'Cargo Medium Roof',
      vin: withCheckDigit('1FTYR2CM0HK998153'),
    },
    body: { bodyStyle: 'Van', doors: 4 },
    drive: {
      engine: '3.7L V6',
      transmission: '6-Speed Automatic',
      drivetrain: 'RWD',
      fuelType: 'Gasoline',
    },
    colors: { exteriorColor: 'Oxford White', interiorColor: 'Pewter Vinyl' },
    past: {
      mileage: 84600,
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 20995,
      cost: 18000,
      msrp: 35325,
      status: 'sold',
      featured: false,
      listedDaysAgo: 45,
      soldDaysAgo: 21,
    },
    features: `Cargo Partition; Interior Shelving; Ladder Rack; Backup Camera; Vinyl Floor; Power
      Windows; Cruise Control; Tow Package`,
    description: `One plumbing company, one driver, oil changes every five thousand miles whether it
      needed them or not. The shelving and the partition stay with it, and the ladder rack is
      bolted, not drilled. Driveshaft coupling, the one weak point of these vans, was replaced with
      the updated part in 2023. You can stand up in the back if you are under five foot ten. The
      door lettering came off cleanly. It went to a carpenter before we had finished vacuuming it.`,
  },
  {
    car: {
      year: 2019,
      make: 'Ram',
      model: 'ProMaster 2500',
      trim: 'High Roof',
      vin: withCheckDigit('3C6TRVDG0KE998154'),
    },
    body: { bodyStyle: 'Van', doors: 4 },
    drive: {
      engine: '3.6L V6',
      transmission: '6-Speed Automatic',
      drivetrain: 'FWD',
      fuelType: 'Gasoline',
    },
    colors: {
      exteriorColor: 'Deep Cherry Red Crystal Pearl',
      interiorColor: 'Black Vinyl',
    },
    past: {
      mileage: 71900,
      owners: 2,
      accidents: 0,
      serviceRecords: true,
      titleStatus: 'Clean',
      condition: 'Good',
    },
    offer: {
      price: 23995,
      cost: 20900,
      msrp: 36195,
      status: 'available',
      featured: false,
      listedDaysAgo: 74,
    },
    features: `High Roof; 159-Inch Wheelbase; Roof Vent Fan; Insulated Walls; Swivel Passenger Seat;
      Backup Camera; Bluetooth; Cruise Control; Rear Hinged Doors`,
    description: `Half a camper. The last owner insulated the walls, laid a plywood floor, installed a
      roof fan and a swivel seat, then moved to another continent. What is left is the expensive,
      boring part already done well, with the wiring diagram taped inside the door. Walls are square
      enough that kitchen cabinets fit without a jigsaw, and the floor is low because the drive
      wheels are in front. Transmission fluid and front brakes done at seventy thousand. Standing
      height six foot three.`,
  },
]
