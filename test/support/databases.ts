import pg from 'pg'

/**
 * The PostgreSQL of a run as the application's role and as the owner of its tables; one URL twice
 * where one role is both.
 */
export type TestServer = { url: string; ownerUrl: string }

/** The one that test/support/global-setup.ts started. */
export function getTestServer(): TestServer {
  const [url, ownerUrl] = [
    process.env['FORECOURT_TEST_SERVER'],
    process.env['FORECOURT_TEST_OWNER'],
  ]
  if (!url || !ownerUrl)
    throw new Error('The test server is not running; run the suite with npm test.')
  return { url, ownerUrl }
}

/** Makes a database, empty or like another one, that belongs to the owner. */
export async function createDatabase(
  ownerUrl: string,
  name: string,
  template = 'template1',
): Promise<void> {
  await onServer(ownerUrl, (owner) => `create database ${name} owner ${owner} template ${template}`)
}

/** Drops a database, whoever is still connected to it; nothing where there is none. */
export async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  await onServer(ownerUrl, () => `drop database if exists ${name} with (force)`)
}

/**
 * Lets commits not wait for the disk: nothing on a server of tests has to outlive a power failure.
 */
export async function forgoDurability(ownerUrl: string): Promise<void> {
  for (const setting of ['synchronous_commit', 'full_page_writes'])
    await onServer(ownerUrl, () => `alter system set ${setting} = off`)
  await onServer(ownerUrl, () => 'select pg_reload_conf()')
}

/** The owner may make no databases; who signs in as it may. */
async function onServer(ownerUrl: string, statement: (owner: string) => string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ owner: string }>(
      'select quote_ident(current_user) as owner',
    )
    await client.query('set role none')
    await client.query(statement(rows[0]?.owner ?? ''))
  })
}

/** Does `work` on a connection of its own, and closes it. */
export async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
