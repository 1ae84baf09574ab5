import pg from 'pg'
import type { Request } from './measure.ts'

/** How many vehicles each owner of the bench keeps. */
const VEHICLES_PER_OWNER = 10

/** What the owner of a history has: vehicles, and logs of each. */
const HISTORY = { vehicles: 20, fuelLogs: 1_000, maintenanceLogs: 100 } as const

/** The subject of the owner whose vehicles have many logs. */
export const HISTORY_SUBJECT = 'auth0|bench-history'

const TABLES = [
  'user_profiles',
  'vehicles',
  'fuel_logs',
  'maintenance_logs',
  'maintenance_schedules',
] as const

/** The subject of the n-th owner of the bench. */
export const buildSubject = (owner: number) => `auth0|bench-${owner}`

/**
 * Owners with ten vehicles each, and two fuel logs a vehicle, by SQL; and one owner with twenty
 * vehicles, each with a thousand fuel logs, a hundred maintenance logs and eight schedules.
 */
export async function seedGarage(url: string, vehicles: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(OWNERS, [vehicles / VEHICLES_PER_OWNER])
  await client.query(VEHICLES, [vehicles, VEHICLES_PER_OWNER])
  await client.query(LOGS)
  await client.query(HISTORY_OWNER, [HISTORY_SUBJECT])
  await client.query(HISTORY_VEHICLES, [HISTORY_SUBJECT, HISTORY.vehicles])
  await client.query(HISTORY_FUEL, [HISTORY_SUBJECT, HISTORY.fuelLogs])
  await client.query(HISTORY_MAINTENANCE, [HISTORY_SUBJECT, HISTORY.maintenanceLogs])
  await client.query(HISTORY_SCHEDULES, [HISTORY_SUBJECT])
  for (const table of TABLES) await client.query(`vacuum analyze ${table}`)
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

/** A request about each vehicle of the owner with many logs. */
export async function buildHistoryRequests(
  url: string,
  token: string,
  part: 'stats' | 'fuel-logs' | 'due',
): Promise<Request[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const found = await client.query<{ id: string }>('select id from vehicles where user_id = $1', [
    HISTORY_SUBJECT,
  ])
  await client.end()
  const headers = { authorization: `Bearer ${token}` }
  return found.rows.map(({ id }) => ({
    method: 'GET',
    path: `/api/vehicles/${id}/${part}`,
    headers,
  }))
}

/** A request about all vehicles of an owner. */
export const buildOwnerRequest = (token: string, path: string): Request => ({
  method: 'GET',
  path,
  headers: { authorization: `Bearer ${token}` },
})

/**
 * What an owner's app asks: their vehicles with how many there are, one of them, and a purchase of
 * fuel that they write down.
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

const HISTORY_OWNER = `
  insert into user_profiles (auth0_sub, email, display_name)
  values ($1, 'history@forecourt.example', 'Owner of a history')`

const HISTORY_VEHICLES = `
  insert into vehicles (title, user_id, vin, make, model, year, odometer_reading)
  select 'Old vehicle ' || n, $1, 'BENCHOLD' || lpad(n::text, 9, '0'), 'Honda', 'Civic', 2006, 350000
  from generate_series(1, $2::int) n`

const HISTORY_FUEL = `
  insert into fuel_logs (user_id, vehicle_id, date_time, odometer, fuel_type, fuel_units,
    cost_per_unit, total_cost, is_full_fill)
  select v.user_id, v.id, now() - n * interval '7 days', 350000 - n * 300, 'gasoline', 10, 3.5, 35,
    n % 7 > 0
  from vehicles v, generate_series(1, $2::int) n where v.user_id = $1`

const HISTORY_MAINTENANCE = `
  insert into maintenance_logs (user_id, vehicle_id, category, subtypes, service_date, odometer,
    cost)
  select v.user_id, v.id, 'routine_maintenance', '{Engine Oil}', current_date - n * 60,
    350000 - n * 2600, 80
  from vehicles v, generate_series(1, $2::int) n where v.user_id = $1`

const HISTORY_SCHEDULES = `
  insert into maintenance_schedules (user_id, vehicle_id, category, subtypes, interval_months,
    interval_miles, last_service_date, last_service_mileage, next_due_date, next_due_mileage)
  select v.user_id, v.id, 'routine_maintenance', '{Engine Oil}', 6, n * 1000, current_date - 90,
    345000, current_date + n * 30, 345000 + n * 1000
  from vehicles v, generate_series(1, 8) n where v.user_id = $1`
