import pg from 'pg'
import type { Request } from './measure.ts'

/** How many vehicles each owner of the bench keeps. */
const VEHICLES_PER_OWNER = 10

/** How many more fuel logs, services and schedules each vehicle of the first owner has. */
const HISTORY = { fuelLogs: 1_000, services: 100, schedules: 5 }

const FILLED = [
  'user_profiles',
  'vehicles',
  'fuel_logs',
  'maintenance_logs',
  'maintenance_schedules',
]

/** The subject of the n-th owner of the bench. */
export const buildSubject = (owner: number) => `auth0|bench-${owner}`

/**
 * Owners with ten vehicles each, and two fuel logs a vehicle, by SQL; the first owner has ten more
 * vehicles, and a thousand fuel logs, a hundred services and five schedules for each.
 */
export async function seedGarage(url: string, vehicles: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(OWNERS, [vehicles / VEHICLES_PER_OWNER])
  await client.query(VEHICLES, [vehicles, VEHICLES_PER_OWNER])
  await client.query(LOGS)
  await client.query(MORE_VEHICLES, [buildSubject(1), VEHICLES_PER_OWNER])
  await client.query(HISTORY_FUEL, [buildSubject(1), HISTORY.fuelLogs])
  await client.query(HISTORY_SERVICES, [buildSubject(1), HISTORY.services])
  await client.query(HISTORY_SCHEDULES, [buildSubject(1), HISTORY.schedules])
  for (const table of FILLED) await client.query(`vacuum analyze ${table}`)
  await client.end()
}

/** One request of each of twenty owners, built from their token and one of their vehicles. */
export async function buildOwnerRequests(
  url: string,
  tokens: readonly string[],
  buildRequest: (vehicle: string) => Request,
): Promise<Request[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const found = await client.query<{ id: string }>(
    'select min(id::text) as id from vehicles where user_id = any($1) group by user_id order ' +
      'by array_position($1, user_id)',
    [tokens.map((_, i) => buildSubject(i + 1))],
  )
  await client.end()
  return found.rows.map(({ id }, i) => {
    const { headers, ...request } = buildRequest(id)
    return { ...request, headers: { ...headers, authorization: `Bearer ${tokens[i] ?? ''}` } }
  })
}

/** Requests of the first owner, one for each of their vehicles, which have many logs. */
export async function buildHistoryRequests(
  url: string,
  token: string,
  kind: keyof typeof HISTORY_PATHS,
): Promise<Request[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const found = await client.query<{ id: string }>('select id from vehicles where user_id = $1', [
    buildSubject(1),
  ])
  await client.end()
  const headers = { authorization: `Bearer ${token}` }
  return found.rows.map(({ id }) => ({ method: 'GET', path: HISTORY_PATHS[kind](id), headers }))
}

/** What is computed from many logs. */
const HISTORY_PATHS = {
  list: () => '/api/vehicles?limit=20',
  stats: (vehicle: string) => `/api/vehicles/${vehicle}/stats`,
  fills: (vehicle: string) => `/api/vehicles/${vehicle}/fuel-logs`,
  due: (vehicle: string) => `/api/vehicles/${vehicle}/due`,
  allDue: () => '/api/me/due',
} as const

/**
 * What an owner's app asks: their vehicles with how many there are, one of them, and a purchase of
 * fuel that they write down. The reading is confirmed, because the history of the first owner goes
 * further.
 */
export const OWNER_REQUESTS = {
  list: (): Request => ({ method: 'GET', path: '/api/vehicles?limit=10', headers: {} }),
  one: (vehicle: string): Request => ({
    method: 'GET',
    path: `/api/vehicles/${vehicle}`,
    headers: {},
  }),
  log: (vehicle: string): Request => ({
    method: 'POST',
    path: '/api/fuel-logs',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      vehicle,
      dateTime: new Date().toISOString(),
      fuelUnits: 11.2,
      costPerUnit: 3.459,
      odometer: 40_000,
      confirmOdometer: true,
    }),
  }),
} as const

const OWNERS = `
  insert into user_profiles (auth0_sub, email, display_name)
  select 'auth0|bench-' || n, 'owner-' || n || '@forecourt.example', 'Owner ' || n
    from generate_series(1, $1::int) n`

const VEHICLES = `
  insert into vehicles (title, user_id, vin, make, model, year, color, odometer_reading, created_at)
  select 'Vehicle ' || n, 'auth0|bench-' || (1 + (n - 1) / $2::int), 'BENCH' || lpad(n::text, 12,
    '0'), 'Honda', 'Accord', 2021, 'Blue', 40000,
    now() - n * interval '1 minute'
  from generate_series(1, $1::int) n`

const LOGS = `
  insert into fuel_logs (user_id, vehicle_id, date_time, odometer, fuel_units, cost_per_unit,
    total_cost)
  select v.user_id, v.id, now() - n * interval '10 days', 40000 - n * 300, 10, 3.5, 35
    from vehicles v, generate_series(1, 2) n`

const MORE_VEHICLES = `
  insert into vehicles (title, user_id, vin, make, model, year, odometer_reading)
  select 'Old vehicle ' || n, $1, 'BENCHOLD' || lpad(n::text, 9, '0'), 'Honda', 'Civic', 2006, 350000
  from generate_series(1, $2::int) n`

const HISTORY_FUEL = `
  insert into fuel_logs (user_id, vehicle_id, date_time, odometer, fuel_type, fuel_units,
    cost_per_unit, total_cost, is_full_fill)
  select v.user_id, v.id, now() - n * interval '7 days', 350000 - n * 300, 'gasoline', 10, 3.5, 35,
    n % 7 > 0
  from vehicles v, generate_series(1, $2::int) n where v.user_id = $1`

const HISTORY_SERVICES = `
  insert into maintenance_logs (user_id, vehicle_id, category, subtypes, service_date, odometer, cost)
  select v.user_id, v.id, 'Routine maintenance', array['Oil change'], current_date - n * 60,
    350000 - n * 2500, 80
  from vehicles v, generate_series(1, $2::int) n where v.user_id = $1`

const HISTORY_SCHEDULES = `
  insert into maintenance_schedules (user_id, vehicle_id, category, interval_months, interval_miles,
    last_service_date, last_service_mileage, next_due_date, next_due_mileage)
  select v.user_id, v.id, 'Routine maintenance', 6 * n, 5000 * n, current_date - 60, 347500,
    current_date - 60 + make_interval(months => 6 * n), 347500 + 5000 * n
  from vehicles v, generate_series(1, $2::int) n where v.user_id = $1`
