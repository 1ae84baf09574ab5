import pg from 'pg'

/**
 * The superuser, for looking after the server; who owns the database and what is in it, and signs
 * in never; and who the product itself signs in as, who owns nothing.
 */
export const superuser = 'postgres'
export const ownerRole = 'forecourt_owner'
export const appRole = 'forecourt'

/** The passwords of the two roles that sign in. */
export type Passwords = { superuser: string; app: string }

/** The URL of one database of the server on `port`. Names and passwords may hold any character. */
export function buildUrl(user: string, password: string, port: number, database: string): string {
  const [name, secret, base] = [user, password, database].map(encodeURIComponent)
  return `postgres://${name}:${secret}@127.0.0.1:${port}/${base}`
}

/**
 * Does `work` on a connection of its own, and closes it. Throws what connecting or the work throws.
 */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 60_000,
  })
  // A connection that breaks also fails the query in hand; without a listener the event alone would
  // end the process.
  let broken: Error | undefined
  client.on('error', (error) => (broken = error))
  try {
    await client.connect()
    const result = await work(client)
    if (broken) throw broken
    return result
  } finally {
    await client.end()
  }
}

/**
 * The URL of one database as its owner: the superuser's, who is the owner from the first statement
 * on.
 */
export function buildOwnerUrl(password: string, port: number, database: string): string {
  const options = encodeURIComponent(`-c role=${ownerRole}`)
  return `${buildUrl(superuser, password, port, database)}?options=${options}`
}

/**
 * Makes sure of the owner's role, of the product's with its password, and of the database: UTF8,
 * with everything in it the owner's. What an earlier Forecourt left to the product's role is handed
 * over. Answers what it did with the database.
 */
export async function ensureDatabase(
  port: number,
  passwords: Passwords,
  database: string,
): Promise<'created' | 'handed over' | 'found'> {
  return withClient(buildUrl(superuser, passwords.superuser, port, 'postgres'), async (client) => {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
    const verb = (role: string) =>
      rows.some(({ rolname }) => rolname === role) ? 'alter' : 'create'
    await client.query(`${verb(ownerRole)} role ${ownerRole} with nologin nosuperuser`)
    await client.query(
      `${verb(appRole)} role ${appRole} with login nosuperuser nocreatedb nocreaterole ` +
        `password ${pg.escapeLiteral(passwords.app)}`,
    )
    const found = await client.query<{ owned: boolean }>(OWNED, [database, appRole])
    if (found.rows[0]?.owned) {
      await withClient(buildUrl(superuser, passwords.superuser, port, database), (inside) =>
        inside.query(`reassign owned by ${appRole} to ${ownerRole}`),
      )
      return 'handed over'
    }
    if (found.rowCount) return 'found'
    await client.query(`create database ${pg.escapeIdentifier(database)} owner ${ownerRole}`)
    return 'created'
  })
}

/**
 * Whether the role $2 owns the database $1 or anything in it; no row where there is no such
 * database.
 */
const OWNED = `
  select exists (select 1 from pg_shdepend where deptype = 'o' and refobjid = $2::regrole
    and (dbid = d.oid or (classid = 'pg_database'::regclass and objid = d.oid))) as owned
  from pg_database d where datname = $1`
