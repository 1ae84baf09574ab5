import { randomBytes } from 'node:crypto'
import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes, describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { limitAddress, limitKey } from '../../auth/rate-limits/request-limits.ts'
import { getTransaction } from '../../database/transaction.ts'
import { writeCalendarFile } from '../calendar-file.ts'
import { buildCalendarEvent } from '../domain/calendar-events.ts'
import type { Thresholds } from '../domain/due.ts'
import {
  deleteCalendarFeed,
  findCalendarFeed,
  findFeedOwner,
  saveCalendarFeed,
} from '../store/calendar-feeds.ts'
import { loadDueOptions, loadOwnerDue } from './due.ts'

const FEED = z.strictObject({
  active: z.boolean(),
  createdAt: z.iso.datetime().nullable(),
})
const NEW_FEED = z.strictObject({
  url: z.url().describe('The secret address of the feed. It is not shown again.'),
  createdAt: z.iso.datetime(),
})

const SECRET_BYTES = 32
const NO_FEED = 'This calendar does not exist, or its address was replaced or revoked.'

/** GET /api/me/calendar-feed: whether the owner has a feed, and since when; never its address. */
export const getCalendarFeed = endpoint({
  method: 'get',
  path: '/me/calendar-feed',
  summary: "Whether the owner's calendar of due maintenance has an address",
  access: callers.owner,
  response: describeJson('The state of the feed.', FEED),
  refusals: [401, 403],
  handler: async ({ req, account }) => {
    const createdAt = await findCalendarFeed(getTransaction(req).db, account.subject)
    return { active: createdAt !== null, createdAt: createdAt?.toISOString() ?? null }
  },
})

/** POST /api/me/calendar-feed: a new secret address; an earlier one stops working. */
export const createCalendarFeed = endpoint({
  method: 'post',
  path: '/me/calendar-feed',
  summary: "Creates a new secret address for the owner's calendar of due maintenance",
  access: callers.owner,
  status: 201,
  response: describeJson('The new address; an earlier one no longer works.', NEW_FEED),
  refusals: [401, 403, 429],
  handler: async ({ req, account }) => {
    await limitKey(req, 'calendar-feed', account.profile)
    const token = randomBytes(SECRET_BYTES).toString('base64url')
    const createdAt = await saveCalendarFeed(getTransaction(req).db, account.subject, token)
    return {
      url: `${req.payload.config.serverURL}/api/calendar/${token}`,
      createdAt: createdAt.toISOString(),
    }
  },
})

/** DELETE /api/me/calendar-feed: revokes the address. */
export const revokeCalendarFeed = endpoint({
  method: 'delete',
  path: '/me/calendar-feed',
  summary: "Revokes the address of the owner's calendar",
  access: callers.owner,
  response: describeJson('The address no longer works.', MESSAGE),
  refusals: [401, 403, 404],
  handler: async ({ req, account }) => {
    if (await deleteCalendarFeed(getTransaction(req).db, account.subject))
      return { message: 'The address of your calendar no longer works.' }
    throw new APIError(
      'You have no calendar address. To create one, send POST /api/me/calendar-feed.',
      404,
    )
  },
})

/**
 * GET /api/calendar/:token: the calendar itself, for programs that cannot sign in. The secret in
 * the address is the only proof; requests are limited by client address and by feed.
 */
export const getCalendar = (defaults: Thresholds): Endpoint =>
  endpoint({
    method: 'get',
    path: '/calendar/:token',
    summary: 'The due maintenance of an owner as a calendar, by its secret address',
    access: callers.anybody,
    params: z.object({ token: z.string() }),
    response: describeBytes('An iCalendar file.', 'text/calendar'),
    refusals: [404, 429],
    handler: async ({ req }, { params: { token } }) => {
      await limitAddress(req, 'calendar:address')
      const { db } = getTransaction(req)
      const owner = await findFeedOwner(db, token)
      if (owner === null) throw new APIError(NO_FEED, 404, undefined, true)
      await limitKey(req, 'calendar:feed', owner)
      const options = await loadDueOptions(db, owner, defaults)
      const { vehicles, ...about } = await loadOwnerDue(db, owner, options)
      const events = vehicles.flatMap(({ title, schedules }) =>
        schedules.flatMap((schedule) => {
          const event = buildCalendarEvent(schedule, { ...about, vehicle: title })
          return event ?? []
        }),
      )
      return new Response(writeCalendarFile(events), {
        headers: { 'content-type': 'text/calendar; charset=utf-8' },
      })
    },
  })
