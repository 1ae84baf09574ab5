import type { Grant } from './policy.ts'

/** Fields that these may write: when a row is made, when it is changed, or `both`. */
type Line = { who: readonly Grant[]; both?: string; create?: string; update?: string }

const ADMINS: readonly Grant[] = ['staff admins', 'garage admins']
const OWN: readonly Grant[] = ['own', ...ADMINS]
const EDITORS: readonly Grant[] = ['guest editors', ...OWN]
const MAKERS: readonly Grant[] = ['owners', ...ADMINS]

/**
 * What owners write about their vehicles. Whose a row is, admins say when they make it, and nobody
 * afterwards.
 */
const garage = (both: string, update = ''): Line[] => [
  { who: MAKERS, create: both },
  { who: ADMINS, create: 'userId' },
  { who: OWN, update: `${both} ${update}` },
]

/** The same for what is about a vehicle, which guests may write too. */
const aboutVehicle = (both: string, update = ''): Line[] => [
  ...garage(both, update),
  { who: EDITORS, update: both },
]

/**
 * The fields that somebody writes over the API, by hand from the issue and the two documents. What
 * is not here is the server's, the jobs' or nobody's, and a body that says it changes nothing.
 * `deletedAt`, `removedAt`, `revokedAt` and `deactivatedAt` take any moment for the server's own.
 */
export const WRITABLE: Readonly<Record<string, readonly Line[]>> = {
  users: [
    { who: ['own'], update: 'name password' },
    { who: ['staff admins'], both: 'name role isActive password', create: 'email' },
  ],
  vehicles: aboutVehicle(
    'vin licensePlate nickname year make model trim engine transmission color odometerReading ' +
      'isActive purchaseDate purchasePrice purchaseOdometer soldDate salePrice dueSoonDays dueSoonMiles',
    'deletedAt',
  ),
  'fuel-logs': aboutVehicle(
    'vehicle dateTime odometer tripDistance fuelUnits costPerUnit totalCost isFullFill ' +
      'missedFill fuelType fuelGrade station locationData notes',
  ),
  'maintenance-logs': aboutVehicle(
    'vehicle category subtypes serviceDate odometer cost shopName notes',
  ),
  'ownership-costs': aboutVehicle(
    'vehicle kind title amount intervalMonths startDate endDate notes',
  ),
  'maintenance-schedules': aboutVehicle(
    `vehicle category subtypes intervalMonths intervalMiles anchor lastServiceDate lastServiceMileage nextDueDate nextDueMileage
    dueSoonDays dueSoonMiles emailNotifications notes`,
  ),
  documents: aboutVehicle(
    'vehicle title documentType issuedDate expirationDate emailNotifications notes details',
    'deletedAt',
  ),
  'user-preferences': garage(
    'unitSystem currencyCode timeZone distanceUnit volumeUnit economyUnit',
  ),
  'user-profiles': [
    { who: ['own'], update: 'displayName notificationEmail' },
    { who: ADMINS, update: 'subscriptionTier deactivatedAt' },
  ],
  'admin-users': [{ who: ADMINS, create: 'id email role', update: 'role revokedAt' }],
  stations: [
    {
      who: ADMINS,
      both: 'name address latitude longitude phone website has93Octane googlePlaceId photoReference',
    },
  ],
  engines: [
    {
      who: ADMINS,
      both:
        'name displacement configuration aspiration horsepower torque fuelType fuelSystem ' +
        'specsJson',
    },
  ],
  transmissions: [{ who: ADMINS, both: 'type speeds driveType' }],
  'vehicle-options': [{ who: ADMINS, both: 'year make model trim engine transmission' }],
  'maintenance-subtypes': [{ who: ADMINS, both: 'category name isActive' }],
  'community-stations': [
    { who: ['owners'], create: 'station has93Octane' },
    { who: OWN, update: 'removedAt removalReason' },
    { who: ADMINS, update: 'station has93Octane' },
  ],
  'saved-stations': garage('station nickname'),
  inventory: [
    {
      who: ['managers'],
      both: `vin stockNumber year make model trim bodyStyle doors exteriorColor interiorColor engine transmission fuelType drivetrain
        mileage mpgCity mpgHighway condition price cost msrp featured images highlight description features titleStatus owners accidents
        serviceRecords warranty carfaxUrl autocheckUrl thumbnail status
        alertsMutedUntilAt buyerNote`,
    },
  ],
  media: [{ who: ['managers'], both: 'alt' }],
  'market-alert-rules': [
    {
      who: ['managers'],
      both: 'name alertType thresholdPercent thresholdDays cooldownHours active mutedUntilAt',
    },
  ],
  'feed-overrides': [{ who: ['managers'], both: 'car feed excluded title price' }],
  'export-feeds': [
    {
      who: ['managers'],
      update:
        'enabled dealerId useBanner useHighlight mapping delivery host port userName folder ' +
        'implicitTls hostKey certificate',
    },
  ],
  'market-digests': [{ who: ['staff admins'], update: 'active sendHour timeZone mutedUntilAt' }],
  'market-trim-names': [{ who: ['staff admins'], both: 'make model listedAs trim' }],
  'market-alerts': [{ who: ['managers'], update: 'dismissed snoozedUntilAt' }],
  'pending-submissions': [
    {
      who: ['managers'],
      both: `year make model trim vin mileage askingPrice condition transmission fuelType exteriorColor interiorColor customerName
        customerEmail customerPhone additionalNotes images`,
    },
  ],
  enquiries: [{ who: ['managers'], update: 'status assignee' }],
  dealership: [
    {
      who: ['managers'],
      update: `name phone email street city state postalCode latitude longitude websiteUrl
        carUrlTemplate salesTaxPercent documentFee registrationFee interestPercent loanMonths
        downPaymentPercent leadsEmail`,
    },
  ],
  appraisals: [
    {
      who: ['managers'],
      both: `submission exterior exteriorNote interior interiorNote mechanical mechanicalNote tires tiresNote brakes
        brakesNote glass glassNote electronics electronicsNote testDrive testDriveNote reconditioning payoff offer notes`,
    },
  ],
  competitors: [
    {
      who: ['managers'],
      both: `name inventoryUrl websiteUrl platformType usePlaywright scraperConfig active city state
        latitude longitude notes`,
    },
  ],
  'email-templates': [{ who: ['managers'], update: 'name description subject body isActive' }],
  'storage-alerts': [{ who: ['managers'], update: 'dismissed' }],
  'backup-schedules': [
    { who: ['staff admins'], both: 'name frequency cronExpression retentionCount isEnabled' },
  ],
  'backup-settings': [{ who: ['staff admins'], both: 'settingValue', create: 'settingKey' }],
}

/**
 * Fields that the server changes when a caller changes something else. A value that a body says
 * for it is not taken.
 */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  vehicles: 'title odometerEntered odometerEnteredAt',
  'fuel-logs': 'totalCost writtenBy',
  'maintenance-logs': 'writtenBy',
  'ownership-costs': 'writtenBy',
  'maintenance-schedules':
    'lastServiceDate lastServiceMileage nextDueDate nextDueMileage enteredServiceDate ' +
    'enteredServiceMileage enteredDueDate enteredDueMileage writtenBy',
  documents: 'trashedWithVehicle writtenBy',
  users: 'hash salt',
  'user-profiles': 'deactivatedBy notificationEmailConfirmedAt notificationEmailNonce',
  'community-stations': 'removedAt removalReason',
  inventory: 'title stockNumber thumbnail listedAt soldAt updatedBy',
  appraisals: 'appraisedBy appraisedAt',
  'market-alerts': 'dismissedAt',
  'storage-alerts': 'dismissedAt',
  'vehicle-options': 'title',
}

/** Who may write a field when a row is made or changed; nobody when the list does not say so. */
export function writersOf(
  slug: string,
  field: string,
  operation: 'create' | 'update',
): readonly Grant[] {
  const lines = WRITABLE[slug] ?? []
  return lines.flatMap((line) =>
    wordsOf(`${line.both ?? ''} ${line[operation] ?? ''}`).includes(field) ? line.who : [],
  )
}

export const consequencesOf = (slug: string): string[] => [
  'updatedAt',
  ...wordsOf(CONSEQUENCES[slug] ?? ''),
]

/** Every field that the list names for a collection. */
export const namedFor = (slug: string): string[] =>
  (WRITABLE[slug] ?? []).flatMap(({ both = '', create = '', update = '' }) =>
    wordsOf(`${both} ${create} ${update}`),
  )

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean)
