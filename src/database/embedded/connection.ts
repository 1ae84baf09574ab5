import pg from 'pg'

/** The superuser, for looking after the server; the product itself signs in as `appRole`, which owns its database and no more. */
export const superuser = 'postgres'
export const appRole = 'forecourt'

/** The passwords of the two roles. */
export type Passwords = { superuser: string; app: string }

/** The URL of one database of the server on `port`. Names and passwords may hold any character. */
export function urlOf(user: string, password: string, port: number, database: string): string {
  const [name, secret, base] = [user, password, database].map(encodeURIComponent)
  return `postgres://${name}:${secret}@127.0.0.1:${port}/${base}`
}

/** Does `work` on a connection of its own, and closes it. Throws what connecting or the work throws. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 60_000 })
  // A connection that breaks also fails the query in hand; without a listener the event alone would end the process.
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
 * Makes sure of the product's role, with its password, and of its database: UTF8, owned by that role. The role is no superuser and
 * may create databases (for tests, and for a restore beside the living one). Answers whether the database was created.
 */
export async function ensureDatabase(port: number, passwords: Passwords, database: string): Promise<boolean> {
  return withClient(urlOf(superuser, passwords.superuser, port, 'postgres'), async (client) => {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [appRole])
    const verb = role.rowCount ? 'alter' : 'create'
    await client.query(`${verb} role ${appRole} with login createdb nosuperuser password ${pg.escapeLiteral(passwords.app)}`)
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount) return false
    await client.query(`create database ${pg.escapeIdentifier(database)} owner ${appRole}`)
    return true
  })
}
