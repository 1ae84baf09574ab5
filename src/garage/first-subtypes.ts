/**
 * The categories of maintenance and their subtypes that a new database starts with. Admins add to
 * them and retire them.
 */
export const FIRST_SUBTYPES: Readonly<Record<string, readonly string[]>> = {
  'Routine maintenance': [
    'Oil change',
    'Oil filter',
    'Tire rotation',
    'Tires',
    'Wheel alignment',
    'Engine air filter',
    'Cabin air filter',
    'Fuel filter',
    'Spark plugs',
    'Drive belt',
    'Timing belt',
    'Battery',
    'Brake pads',
    'Brake fluid',
    'Coolant',
    'Transmission fluid',
    'Differential fluid',
    'Power steering fluid',
    'Wiper blades',
  ],
  Repair: [
    'Engine',
    'Transmission',
    'Drivetrain',
    'Brakes',
    'Suspension and steering',
    'Cooling system',
    'Air conditioning',
    'Electrical system',
    'Exhaust system',
    'Body and glass',
    'Interior',
  ],
  'Performance upgrade': [
    'Engine',
    'Drivetrain',
    'Suspension',
    'Brakes',
    'Wheels and tires',
    'Exterior',
  ],
  Inspection: ['Safety inspection', 'Emissions test', 'Multi-point inspection'],
}
