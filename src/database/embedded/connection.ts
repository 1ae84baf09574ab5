import pg from 'pg'

/**
 * The roles of the server: the superuser, which maintains it; the owner of the database and
 * everything in it, which never signs in; and the role of the application, which owns nothing.
 */
export const superuser = 'postgres'
export const ownerRole = 'forecourt_owner'
export const appRole = 'forecourt'

/** The passwords of the two roles that sign in. */
export type Passwords = { superuser: string; app: string }

/**
 * Builds the URL of one database of the server on `port`. Names and passwords may contain any
 * character.
 */
export function buildUrl(user: string, password: string, port: number, database: string): string {
  const [name, secret, base] = [user, password, database].map(encodeURIComponent)
  return `postgres://${name}:${secret}@127.0.0.1:${port}/${base}`
}

/**
 * Runs `work` on a separate connection and closes it. Throws any error of the connection or of
 * `work`.
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
  // A connection that breaks also fails its current query. Without a listener, the event alone
  // would crash the process.
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
 * Builds the URL of one database for its owner: the superuser signs in and becomes the owner before
 * the first statement.
 */
export function buildOwnerUrl(password: string, port: number, database: string): string {
  const options = encodeURIComponent(`-c role=${ownerRole}`)
  return `${buildUrl(superuser, password, port, database)}?options=${options}`
}

/**
 * Creates or updates the owner's role, the application's role with its password, and the database:
 * UTF8, with the owner's role as the owner of everything in it. If an earlier version of Forecourt
 * made the application's role an owner, its objects are handed over. Returns what happened to the
 * database.
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
 * Whether the role $2 owns the database $1 or anything in it; returns no row if the database does
 * not exist.
 */
const OWNED = `
  select exists (select 1 from pg_shdepend where deptype = 'o' and refobjid = $2::regrole
    and (dbid = d.oid or (classid = 'pg_database'::regclass and objid = d.oid))) as owned
  from pg_database d where datname = $1`
