import pg from 'pg'
import { type Settings, WrongSetting } from '../env.ts'
import { runningEmbedded, startEmbedded } from './embedded.ts'

/** A database that is there: where, whether it is the embedded one, and how to let go of it. */
export type OpenDatabase = { url: string; embedded: boolean; close: () => Promise<void> }

type OpenOptions = {
  say: (line: string) => void
  /** Use the embedded database of a running product where there is one, instead of refusing to share it. */
  share?: boolean
}

const LEAST_VERSION = 150_000

/** The database that the settings name, or the embedded one. Throws a sentence when it can't be reached or is older than PostgreSQL 15. */
export async function openDatabase(settings: Settings, { say, share = false }: OpenOptions): Promise<OpenDatabase> {
  const opened = await open(settings, say, share)
  try {
    await checkVersion(opened.url)
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function open(settings: Settings, say: OpenOptions['say'], share: boolean): Promise<OpenDatabase> {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, embedded: false, close: async () => {} }
  const running = share ? await runningEmbedded({ dataDir: settings.DATA_DIR }) : null
  if (running) return { url: running, embedded: true, close: async () => {} }
  const embedded = await startEmbedded({ dataDir: settings.DATA_DIR, say })
  return { url: embedded.url, embedded: true, close: () => embedded.stop() }
}

async function checkVersion(url: string): Promise<void> {
  const { host, pathname } = new URL(url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
    const version = Number(rows[0]?.version)
    if (version < LEAST_VERSION)
      throw new Error(`The PostgreSQL at ${host} is version ${Math.floor(version / 10_000)}; Forecourt needs 15 or newer.`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new WrongSetting(`The database ${pathname.slice(1)} at ${host} can't be used: ${reason} Check DATABASE_URL.`, {
      cause: error,
    })
  } finally {
    await client.end()
  }
}
