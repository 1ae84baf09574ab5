import { z } from 'zod'
import { findStations } from '../../garage/store/imports.ts'
import type { AccountImport } from './account-import.ts'

const SAVED_STATION = z.looseObject({ station: z.string() })

/**
 * Restores the owner's preferences. Unless they are replaced, those that are there
 * stay as they are.
 */
export async function restorePreferences(account: AccountImport): Promise<void> {
  const { req, settings, subject } = account
  const [row] = account.listRows('user-preferences')
  if (!row) return
  const { docs } = await req.payload.find({
    collection: 'user-preferences',
    where: { userId: { equals: subject } },
    depth: 0,
    overrideAccess: true,
    req,
  })
  const [own] = docs
  if (!own) await account.create('user-preferences', row, {})
  else if (settings.mode !== 'replace') account.count('user-preferences').known++
  else {
    await req.payload.update({
      collection: 'user-preferences',
      id: own.id,
      data: account.pickFields('user-preferences', row),
      depth: 0,
      overrideAccess: true,
      req,
    })
    account.count('user-preferences').added++
  }
}

/** Restores the saved stations that are missing, if they exist on this server. */
export async function restoreStations(account: AccountImport): Promise<void> {
  const { db, req, subject } = account
  const rows = account.listRows('saved-stations').map((row) => {
    const { data } = SAVED_STATION.safeParse(row)
    return { row, station: data?.station ?? null }
  })
  const existing = await findStations(
    db,
    rows.flatMap(({ station }) => station ?? []),
  )
  const { docs } = await req.payload.find({
    collection: 'saved-stations',
    where: { userId: { equals: subject } },
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  const saved = new Set(
    docs.map(({ station }) => (typeof station === 'string' ? station : station.id)),
  )
  for (const { row, station } of rows)
    if (station === null || !existing.has(station))
      account.refuse('saved-stations', row, 'Its station does not exist here.')
    else if (saved.has(station)) account.count('saved-stations').known++
    else await account.create('saved-stations', row, { station })
}
