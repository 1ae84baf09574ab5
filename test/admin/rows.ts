import type { CollectionSlug, Payload } from 'payload'
import type { User } from '../../src/generated/payload-types.ts'
import { anyVin, saveCar, saveVehicle } from '../support/builders.ts'
import { saveUser, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { picture } from './screens.ts'

type Row = { id: string | number }
type Save = (collection: CollectionSlug, data: Record<string, unknown>) => Promise<Row>

const NOW = '2026-03-01T10:00:00.000Z'

const saveIn =
  (payload: Payload): Save =>
  (collection, data) =>
    payload.create({ collection, data: data as never, depth: 0, overrideAccess: true })

/**
 * At least one row in every table that the panel shows, as a dealership and an owner would have
 * left them.
 */
export async function saveEverywhere(forecourt: TestForecourt, owner: Owner, staff: User) {
  const save = saveIn(forecourt.payload)
  const vehicle = await saveGarage(forecourt, save, owner)
  await saveCatalogue(save, owner)
  const car = await saveMarket(forecourt, save)
  await savePhoto(forecourt)
  const competitor = await saveCompetitor(save)
  await savePeople(save, owner)
  const log = await saveSystem(forecourt, save, staff)
  return { vehicle, car, competitor, log }
}

async function saveGarage(
  { payload }: TestForecourt,
  save: Save,
  { subject: userId, email }: Owner,
): Promise<Row> {
  const { id: vehicle } = await saveVehicle(payload, userId, {
    nickname: 'The blue one',
    licensePlate: 'ABC 123',
  })
  const about = { userId, vehicle }
  await save('fuel-logs', {
    ...about,
    dateTime: NOW,
    odometer: 31_000,
    fuelUnits: 10.5,
    costPerUnit: 3.459,
  })
  await save('maintenance-logs', {
    ...about,
    category: 'Routine maintenance',
    subtypes: ['Oil change'],
    serviceDate: '2026-02-14',
  })
  await save('maintenance-schedules', {
    ...about,
    category: 'Inspection',
    intervalMonths: 12,
    nextDueDate: '2027-02-14',
  })
  await save('ownership-costs', {
    ...about,
    kind: 'insurance',
    title: 'Shelter',
    amount: 640.5,
    intervalMonths: 6,
    startDate: '2026-01-01',
  })
  const details = {
    policy: 'P-1',
    company: 'Shelter',
    insured: { liability: 300_000, collision: true },
  }
  await save('documents', {
    ...about,
    title: 'Insurance 2026',
    documentType: 'insurance',
    issuedDate: '2026-01-01',
    details,
  })
  const reported = {
    notificationType: 'email',
    templateKey: 'maintenance_due_soon',
    recipientEmail: email,
    subject: 'Your car is due',
  }
  await save('notification-logs', { userId, ...reported, sentAt: NOW })
  return { id: vehicle }
}

async function saveCatalogue(save: Save, { subject: userId }: Owner): Promise<void> {
  const station = await save('stations', {
    name: 'Corner Fuel',
    address: '1 Main Street',
    has93Octane: true,
  })
  await save('community-stations', {
    station: station.id,
    userId,
    has93Octane: true,
    reportedAt: NOW,
  })
  await save('saved-stations', { station: station.id, userId, nickname: 'On the way to work' })
  const engine = await save('engines', {
    name: '1.5L I4 Turbo',
    displacement: '1.5L',
    specsJson: { valves: 16 },
  })
  const transmission = await save('transmissions', { type: 'CVT', driveType: 'FWD' })
  const option = { year: 2021, make: 'Honda', model: 'Accord', trim: 'EX' }
  await save('vehicle-options', { ...option, engine: engine.id, transmission: transmission.id })
  await save('maintenance-subtypes', { category: 'Repair', name: 'Convertible top' })
}

/** Cars as a price analysis keeps them; the second one's address is none that may be followed. */
const COMPARABLES = [
  {
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    trim: 'EX',
    price: 23_900,
    mileage: 29_800,
    url: 'https://dealer.example/1',
  },
  {
    year: 2020,
    make: 'Honda',
    model: 'Accord',
    price: 21_450,
    mileage: 41_050,
    url: 'javascript:window.__xss=1',
  },
]

async function saveMarket({ payload }: TestForecourt, save: Save): Promise<Row> {
  const { id: inventory } = await saveCar(payload, { make: 'Honda', model: 'Accord' })
  const searched = { make: 'Honda', model: 'Accord', zip: '64055', distance: 150 }
  const figures = {
    medianPrice: 23_900,
    minPrice: 21_450,
    maxPrice: 26_900,
    sampleSize: 2,
    priceRecommendation: 'good',
  }
  const found = {
    comparableVehicles: COMPARABLES,
    searchParameters: searched,
    lastAnalyzedAt: NOW,
    dataSource: 'auto.dev',
  }
  await save('market-research-results', { inventory, ...figures, ...found })
  for (const ourPrice of [24_900, 24_500])
    await save('market-price-history', { inventory, ourPrice, medianMarketPrice: 23_900 })
  const { id: rule } = await save('market-alert-rules', {
    name: 'Too dear',
    alertType: 'overpriced',
    thresholdPercent: 10,
    cooldownHours: 72,
  })
  await save('market-alerts', {
    rule,
    ruleName: 'Too dear',
    inventory,
    alertType: 'overpriced',
    severity: 'warning',
    message: '$24,500 is 12.0% above the market price of $21,875.',
    ourPrice: 24_500,
    expectedPrice: 21_875,
    percent: 12,
    sampleSize: 2,
    raisedAt: NOW,
  })
  const { id: batch } = await save('price-batches', {
    summary: '−5%, rounded to …95',
    rule: 'percent',
    value: -5,
    roundTo95: true,
    cars: 1,
    changedAt: NOW,
  })
  await save('price-changes', {
    inventory,
    batch,
    fromPrice: 24_900,
    toPrice: 24_500,
    reason: 'suggestion',
    note: 'The market fell.',
  })
  const { id: user } = await saveUser(payload, 'manager')
  await save('market-digests', { user, sendHour: 7, timeZone: 'America/Chicago' })
  await save('market-trim-names', {
    make: 'Ford',
    model: 'F-150',
    listedAs: 'XLT SuperCrew',
    trim: 'XLT',
  })
  await save('vin-evaluation-cache', {
    vin: anyVin(),
    source: 'nhtsa',
    evaluationData: { engine: { cylinders: 4 } },
  })
  const offered = { vin: anyVin(), year: 2019, make: 'Honda', model: 'Civic' }
  const { id: submission } = await save('pending-submissions', offered)
  await save('appraisals', { submission, tires: 'fair', tiresNote: '4/32', offer: 12_500 })
  await save('feed-overrides', {
    car: inventory,
    feed: 'google',
    title: 'One owner',
    price: 24_400,
  })
  await save('feed-deliveries', { feed: 'google', state: 'delivered', fileName: 'google.xml' })
  await save('enquiries', {
    inventory,
    carTitle: '2021 Honda Accord',
    name: 'Ann Buyer',
    email: 'ann@customer.example',
    message: 'Is it still available?',
  })
  await save('export-logs', {
    platform: 'jekyll',
    status: 'success',
    vehicleCount: 12,
    exportedAt: NOW,
  })
  return { id: inventory }
}

async function savePhoto({ payload }: TestForecourt): Promise<void> {
  const { buffer: data, mimeType: mimetype, name } = await picture('front.png', '#357')
  const file = { data, mimetype, name, size: data.length }
  await payload.create({
    collection: 'media',
    data: { alt: 'A front' },
    file,
    overrideAccess: true,
  })
}

async function saveCompetitor(save: Save): Promise<Row> {
  const data = {
    name: 'Northside Motors',
    inventoryUrl: 'https://northside.example/cars',
    platformType: 'DealerOn',
  }
  const { id: competitor } = await save('competitors', data)
  const raw = {
    rawData: {
      stock: 'N-1',
      photos: ['front.jpg', 'rear.jpg'],
      price: { shown: '$22,900', cents: 2_290_000 },
    },
  }
  const listing = {
    competitor,
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    price: 22_900,
    mileage: 30_100,
    lastSeenAt: NOW,
    ...raw,
  }
  const { id: competitorInventory } = await save('competitor-inventory', listing)
  for (const price of [23_500, 22_900])
    await save('competitor-price-history', { competitorInventory, price })
  await save('competitor-metrics', { competitor, totalInventory: 41, avgPrice: 19_850.5 })
  return { id: competitor }
}

async function savePeople(save: Save, { subject: userId, email }: Owner): Promise<void> {
  await save('admin-users', { id: userId, email, role: 'admin', createdBy: 'a test' })
  await save('user-preferences', {
    userId,
    unitSystem: 'imperial',
    currencyCode: 'USD',
    timeZone: 'America/Chicago',
  })
  const terms = {
    termsVersion: '2026-01',
    termsUrl: 'https://forecourt.example/terms',
    termsContentHash: 'a'.repeat(64),
  }
  await save('terms-agreements', {
    userId,
    agreedAt: NOW,
    ipAddress: '127.0.0.1',
    userAgent: 'a test',
    ...terms,
  })
}

/** What a line of the audit log says of a change of a car. */
const CHANGED = {
  fields: { price: { from: 24_900, to: 24_500 }, featured: { from: null, to: true } },
  reason: 'A test',
}

async function saveSystem({ sql }: TestForecourt, save: Save, { id: user }: User): Promise<Row> {
  const log = await save('activity-logs', {
    user,
    action: 'update',
    resourceType: 'inventory',
    changes: CHANGED,
    createdAt: NOW,
  })
  await save('admin-audit-logs', {
    actorAdminId: `staff:${user}`,
    action: 'look',
    context: { looks: [{ collection: 'vehicles' }] },
  })
  await save('job-history', {
    jobName: 'nightly-export',
    status: 'success',
    startedAt: NOW,
    result: { cars: 12 },
  })
  await save('outgoing-mails', {
    to: 'ann@example.com',
    subject: 'Your oil is due',
    text: 'Come by.',
    html: '<p>Come by.</p>',
  })
  await save('storage-alerts', {
    message: 'The disk is nearly full',
    severity: 'warning',
    metadata: { free: '4 GB' },
  })
  const schedule = await save('backup-schedules', {
    name: 'Every night',
    frequency: 'daily',
    cronExpression: '0 3 * * *',
  })
  const file = {
    filename: 'night.tar.gz',
    filePath: 'backups/night.tar.gz',
    fileSizeBytes: 1024,
    schedule: schedule.id,
  }
  await save('backup-history', { ...file, status: 'completed', backupType: 'scheduled' })
  await sql(
    `insert into session (sid, sess, expire) values ('one', '{"cookie":{}}', now() + interval
      ` + `'1 day')`,
  )
  return log
}
