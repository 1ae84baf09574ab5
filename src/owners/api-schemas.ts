import { z } from 'zod'

/* What the endpoints of owners answer. Instants are ISO 8601 in UTC. */

const at = z.iso.datetime()

export const TERMS = z.strictObject({
  version: z.string(),
  url: z.string(),
  contentHash: z.string(),
})

export const ONBOARDING = z
  .strictObject({
    completedAt: at.nullable(),
    steps: z.strictObject({ preferences: z.boolean(), vehicle: z.boolean() }),
    next: z
      .enum(['preferences', 'vehicle', 'complete'])
      .nullable()
      .describe('What comes next; null when they are through.'),
  })
  .describe('Where an owner is on their way in.')

const PROFILE = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  emailVerified: z.boolean(),
  displayName: z.string().nullable(),
  notificationEmail: z.string().nullable(),
  notificationEmailConfirmed: z.boolean(),
  subscriptionTier: z.string().nullable(),
  createdAt: at,
})

export const ME = z
  .strictObject({
    profile: PROFILE,
    preferences: z
      .strictObject({
        unitSystem: z.string().nullable(),
        currencyCode: z.string().nullable(),
        timeZone: z.string().nullable(),
      })
      .nullable(),
    terms: z.strictObject({
      state: z
        .enum(['none', 'required', 'outdated', 'agreed'])
        .describe(
          '`none` are asked for, they are `required`, agreed to but `outdated`, or `agreed`.',
        ),
      current: TERMS.nullable(),
      agreed: z.strictObject({ version: z.string(), at }).nullable(),
    }),
    onboarding: ONBOARDING,
    deletion: z.strictObject({ requestedAt: at, scheduledAt: at }).nullable(),
    garageAdmin: z.boolean(),
  })
  .describe('Everything that an owner’s own program needs to know of their account.')

export const EMAIL_STATUS = z.strictObject({ email: z.string(), emailVerified: z.boolean() })

export const DELETION = z.strictObject({
  message: z.string(),
  deletion: z.strictObject({ scheduledAt: at }).nullable(),
})
