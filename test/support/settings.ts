import { readSettings, type Settings } from '../../src/env.ts'

/** The database that each spec file's own is cloned from. */
export const TEMPLATE = 'forecourt_template'

/** The origin that tests speak from; signed-in requests with a cookie must say it. */
export const ORIGIN = 'http://localhost:3000'

/**
 * The default settings of tests: quiet, with their own secret, and without limits for anonymous
 * requests, and without a vehicle database, which each spec would unpack and which fills in what a
 * spec leaves empty.
 */
export const testEnvironment = {
  PAYLOAD_SECRET: 'a secret that only tests know, 32+',
  LOG_LEVEL: 'fatal',
  DB_POOL_MAX: '6',
  API_REQUESTS_AT_ONCE: '1000',
  PANEL_REQUESTS_AT_ONCE: '100',
  ANONYMOUS_READS_PER_MINUTE: '0',
  ANONYMOUS_RENDERS_PER_MINUTE: '0',
  OWNER_WRITES_PER_MINUTE: '0',
  VIN_OFFLINE: 'false',
} as const

/** Settings as a start would read them from this environment. */
export function testSettings(environment: Record<string, string>): Settings {
  return readSettings({ ...testEnvironment, ...environment })
}

/** The URL of one database of a server. */
export function buildDatabaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
