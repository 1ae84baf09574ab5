import { z } from 'zod'

/* The responses of the owners' endpoints. Instants are ISO 8601 in UTC. */

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
      .describe('The next step; null once onboarding is complete.'),
  })
  .describe('The onboarding status of an owner.')

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
          '`none`: there are no terms; `required`: the owner has not agreed yet; `outdated`: the ' +
            'owner agreed to an earlier version; `agreed`: the owner agreed to the current one.',
        ),
      current: TERMS.nullable(),
      agreed: z.strictObject({ version: z.string(), at }).nullable(),
    }),
    onboarding: ONBOARDING,
    deletion: z.strictObject({ requestedAt: at, scheduledAt: at }).nullable(),
    garageAdmin: z.boolean(),
  })
  .describe('The account of an owner, with everything that a client needs.')

export const EMAIL_STATUS = z.strictObject({ email: z.string(), emailVerified: z.boolean() })

export const DELETION = z.strictObject({
  message: z.string(),
  deletion: z.strictObject({ scheduledAt: at }).nullable(),
})
