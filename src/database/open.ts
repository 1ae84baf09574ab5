import pg from 'pg'
import { restrictDataDir } from '../data-dir.ts'
import { type Settings, WrongSetting } from '../env.ts'
import { describeNetworkError } from '../domain/system-error.ts'
import { findRunningEmbedded, startEmbedded } from './embedded.ts'
import { describeDatabase, refuseNewerDatabase } from './migrate.ts'

/**
 * An open database: its URLs for the application and for the owner of its tables, whether it is the
 * embedded one, and how to close it.
 */
export type OpenDatabase = {
  url: string
  /** For migrations only. Equals `url` if the settings name only one role. */
  ownerUrl: string
  embedded: boolean
  close: () => Promise<void>
  /**
   * Signals the embedded database to stop without waiting: the last step of a process that could
   * not close it.
   */
  abandon: () => void
}

type OpenOptions = {
  print: (line: string) => void
  /**
   * Use the embedded database of a running product, if there is one, instead of throwing an error.
   */
  share?: boolean
  /** Also open a database that a newer version has migrated. */
  newer?: boolean
}

const MIN_VERSION = 150_000

/**
 * Opens the database in the settings, or the embedded one. Throws an error if it cannot be reached,
 * is older than PostgreSQL 15 or was migrated by a newer version of Forecourt, or if
 * DATABASE_OWNER_URL and DATABASE_URL lead to different databases.
 */
export async function openDatabase(
  settings: Settings,
  { print, share = false, newer = false }: OpenOptions,
): Promise<OpenDatabase> {
  const opened = await connectOrStart(settings, print, share)
  try {
    const identified = await identifyDatabase(opened.url, 'DATABASE_URL')
    if (settings.DATABASE_OWNER_URL) {
      const owned = await identifyDatabase(settings.DATABASE_OWNER_URL, 'DATABASE_OWNER_URL')
      if (owned.identity !== identified.identity)
        throw new WrongSetting(
          `DATABASE_OWNER_URL connects to the database ${owned.name}, but DATABASE_URL ` +
            `connects to ${identified.name}. Use two roles of the same database.`,
        )
    }
    if (!newer) await refuseNewerDatabase(opened.ownerUrl)
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function connectOrStart(
  settings: Settings,
  print: OpenOptions['print'],
  share: boolean,
): Promise<OpenDatabase> {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: dataDir } = settings
  if (url) restrictDataDir(dataDir, print)
  if (url) return { url, ownerUrl: ownerUrl ?? url, embedded: false, ...UNMANAGED }
  const running = share ? await findRunningEmbedded({ dataDir }) : null
  if (running) return { ...running, embedded: true, ...UNMANAGED }
  const { stop, abandon, ...embedded } = await startEmbedded({ dataDir, print })
  return { url: embedded.url, ownerUrl: embedded.ownerUrl, embedded: true, close: stop, abandon }
}

/** The callbacks of a database that Forecourt does not manage: they do nothing. */
const UNMANAGED = { close: async () => {}, abandon: () => undefined }

/**
 * The database at a URL: a readable name, and an identity that is the same for every URL that leads
 * to it.
 */
type IdentifiedDatabase = { name: string; identity: string }

const IDENTITY = `
  select current_setting('server_version_num')::int as version,
    concat_ws(' ', datname, oid, extract(epoch from pg_postmaster_start_time())) as identity
  from pg_database where datname = current_database()`

async function identifyDatabase(url: string, setting: string): Promise<IdentifiedDatabase> {
  const { host } = new URL(url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number; identity: string }>(IDENTITY)
    const { version = 0, identity = '' } = rows[0] ?? {}
    if (version < MIN_VERSION)
      throw new Error(
        `The PostgreSQL server at ${host} is version ${Math.floor(version / 10_000)}; ` +
          'Forecourt needs 15 or newer.',
      )
    return { name: describeDatabase(url), identity }
  } catch (error) {
    const reason = describeNetworkError(error)
    throw new WrongSetting(
      `The database ${describeDatabase(url)} cannot be used: ${reason}. Check ${setting}.`,
      {
        cause: error,
      },
    )
  } finally {
    await client.end()
  }
}
