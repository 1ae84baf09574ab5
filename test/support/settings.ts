import { readSettings, type Settings } from '../../src/env.ts'

/** The database that each spec file's own is cloned from. */
export const TEMPLATE = 'forecourt_template'

/** The origin that tests speak from; signed-in requests with a cookie must say it. */
export const ORIGIN = 'http://localhost:3000'

/** What tests run on where they say nothing else: quiet, and on a secret of their own. */
export const testEnvironment = {
  PAYLOAD_SECRET: 'a secret that only tests know, 32+',
  LOG_LEVEL: 'fatal',
  DB_POOL_MAX: '6',
} as const

/** Settings as a start would read them from this environment. */
export function testSettings(environment: Record<string, string>): Settings {
  return readSettings({ ...testEnvironment, ...environment })
}

/** The URL of one database of a server. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
