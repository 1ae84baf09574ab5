import { z } from 'zod'
import type { RecallSource } from '../domain/sources.ts'
import { createServiceClient } from './service-client.ts'

const TIMEOUT_MS = 5_000
const COOL_DOWN_MS = 30_000
const MAX_TEXT_LENGTH = 5_000

const text = z
  .string()
  .transform((given) => given.replaceAll('\0', '').trim().slice(0, MAX_TEXT_LENGTH) || null)
  .nullable()
  .catch(null)

const RECALL = z
  .object({
    NHTSACampaignNumber: z.string().trim().min(1).max(40),
    Component: text.prefault(null),
    Summary: text.prefault(null),
    Consequence: text.prefault(null),
    Remedy: text.prefault(null),
    ReportReceivedDate: text.prefault(null),
  })
  .transform((row) => ({
    campaign: row.NHTSACampaignNumber,
    component: row.Component,
    summary: row.Summary,
    consequence: row.Consequence,
    remedy: row.Remedy,
    reportedOn: readDay(row.ReportReceivedDate),
  }))

/** A recall that cannot be read is left out. */
const ANSWER = z.object({
  results: z
    .array(z.unknown())
    .transform((rows) =>
      rows.map((row) => RECALL.safeParse(row).data).filter((row) => row !== undefined),
    ),
})

/** Creates the source that looks up recalls with NHTSA’s API. */
export function createRecallSource({ url }: { url: string }): RecallSource {
  const client = createServiceClient({
    name: 'NHTSA',
    url,
    timeoutMs: TIMEOUT_MS,
    coolDownMs: COOL_DOWN_MS,
    attempts: 2,
  })
  return {
    find: async ({ make, model, year }) => {
      const params = new URLSearchParams({ make, model, modelYear: String(year) })
      const answer = await client.get(`recalls/recallsByVehicle?${params.toString()}`, ANSWER)
      return 'value' in answer
        ? { status: 'found', recalls: answer.value.results }
        : { status: 'unavailable', message: answer.unavailable }
    },
  }
}

/** The day as `YYYY-MM-DD`: NHTSA writes `16/04/2015`, day first. */
function readDay(date: string | null): string | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(date ?? '') ?? []
  const iso = `${year}-${month}-${day}`
  return z.iso.date().safeParse(iso).success ? iso : null
}
