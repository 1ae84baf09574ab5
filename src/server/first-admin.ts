import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { z } from 'zod'
import { isWeakPassword } from '../auth/staff/weak-password.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import { type Settings, WrongSetting } from '../env.ts'
import { UserError } from '../user-error.ts'
import { isReachableByOthers } from './start/listen-problem.ts'

/**
 * How the first admin was created at this start; null if there are users already, or none was
 * specified.
 */
export type FirstAdmin = { email: string; generatedPassword: string | null } | null

/** The file about a generated password. */
const GENERATED = z.object({ email: z.string(), hash: z.string().nullable() })

const DEFAULT_EMAIL = 'admin@forecourt.example'

/**
 * Creates the first admin if there are no users: the one in the settings or, on the embedded
 * database, one with a random password that is shown once. Throws WrongSetting if the password
 * in the settings is easy to guess, and if a generated password would protect a server that others
 * can reach.
 */
export async function createFirstAdmin(
  payload: Payload,
  settings: Settings,
  embedded: boolean,
): Promise<FirstAdmin> {
  const { totalDocs } = await payload.count({ collection: 'users', overrideAccess: true })
  if (totalDocs > 0) return null
  const { FIRST_ADMIN_EMAIL: email = DEFAULT_EMAIL, FIRST_ADMIN_PASSWORD: chosen } = settings
  if (!chosen && settings.FIRST_ADMIN_EMAIL) return inviteFirstAdmin(payload, email)
  if (!chosen && !embedded) return null
  if (chosen) await refuseWeakPassword(chosen, email)
  else await refuseReachableHost(settings)
  const password = chosen ?? randomBytes(15).toString('base64url')
  const data = { email, password, name: 'First admin', role: 'admin' as const, isActive: true }
  if (!(await tryCreateFirstUser(payload, data))) return null
  if (!chosen) saveGeneratedPassword(settings, email, await loadPasswordHash(payload, email))
  return { email, generatedPassword: chosen ? null : password }
}

/** The first person who signs in with a provider that verified this address becomes the admin. */
async function inviteFirstAdmin(payload: Payload, email: string): Promise<FirstAdmin> {
  const data = { email, name: 'First admin', role: 'admin' as const, isActive: true }
  return (await tryCreateFirstUser(payload, data)) ? { email, generatedPassword: null } : null
}

/**
 * Whether this process created the first user; false if another one that started at the same time
 * was first.
 */
async function tryCreateFirstUser(payload: Payload, data: object): Promise<boolean> {
  try {
    await payload.create({ collection: 'users', data: data as never, overrideAccess: true })
    return true
  } catch (error) {
    const { totalDocs } = await payload.count({ collection: 'users', overrideAccess: true })
    if (totalDocs === 0) throw error
    return false
  }
}

/**
 * The e-mail address of the admin who still has the generated password; null if there is none.
 * Throws WrongSetting if HOST is not loopback while there is one.
 */
export async function findGeneratedAdmin(
  payload: Payload,
  settings: Settings,
): Promise<string | null> {
  const file = getGeneratedPasswordPath(settings)
  if (!existsSync(file)) return null
  const { email, hash } = readGenerated(file)
  if ((await loadPasswordHash(payload, email)) !== hash) return null
  await refuseReachableHost(settings)
  return email
}

/**
 * The record of the generated password. Throws an error with the way out if the file is damaged.
 */
function readGenerated(file: string): z.infer<typeof GENERATED> {
  try {
    return GENERATED.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new UserError(
      `${file}, which records that the first admin has a generated password, cannot be ` +
        'read. Set a password with npm run admin -- reset-password EMAIL, then remove the file.',
      { cause },
    )
  }
}

async function refuseWeakPassword(password: string, email: string): Promise<void> {
  if (!(await isWeakPassword(password, [email]))) return
  throw new WrongSetting(
    'FIRST_ADMIN_PASSWORD is easy to guess. Choose another one, such as the output of openssl ' +
      'rand -base64 15.',
  )
}

async function refuseReachableHost({ HOST }: Settings): Promise<void> {
  if (!(await isReachableByOthers(HOST))) return
  const where = ['0.0.0.0', '::'].includes(HOST)
    ? 'so others can reach Forecourt at every address of this machine'
    : 'an address that others can reach'
  throw new WrongSetting(
    `HOST is ${HOST}, ${where}, but the first admin still has a generated password. Set ` +
      'FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD before the first start, or set a password ' +
      'with: npm run admin -- reset-password EMAIL.',
  )
}

async function loadPasswordHash(payload: Payload, email: string): Promise<string | null> {
  const { drizzle, tables } = getPostgresAdapter(payload)
  const found = await drizzle.execute(
    sql`select hash from ${tables['users']} where email = ${email}`,
  )
  return (found.rows[0]?.['hash'] as string | undefined) ?? null
}

function saveGeneratedPassword(settings: Settings, email: string, hash: string | null): void {
  writeFileSync(getGeneratedPasswordPath(settings), JSON.stringify({ email, hash }), {
    mode: 0o600,
  })
}

const getGeneratedPasswordPath = ({ DATA_DIR }: Settings) =>
  path.join(DATA_DIR, 'generated-password.json')
