import { z } from 'zod'

/** The tiers of an owner's subscription: the values of `subscription_tier`, with labels. */
export const SUBSCRIPTION_TIERS = { free: 'Free', pro: 'Pro', enterprise: 'Enterprise' } as const
const TIER_NAMES = ['free', 'pro', 'enterprise'] as const
export type SubscriptionTier = (typeof TIER_NAMES)[number]

const MAX_LIMIT = 10_000_000
const limit = z.number().int().min(0).max(MAX_LIMIT).optional()
const TIER_LIMITS = z.partialRecord(
  z.enum(TIER_NAMES),
  z.strictObject({ vehicles: limit, storedMb: limit }),
)

/** What the owners of each tier may have: vehicles, and megabytes of rows and files. */
export type TierLimits = z.output<typeof TIER_LIMITS>

/** What a tier limits. */
export type TierLimit = 'vehicles' | 'storedMb'

const EXPECTED = `must be JSON such as {"free":{"vehicles":2,"storedMb":100},"pro":{"vehicles":10}}`

/** Parses the limits of the tiers from JSON; explains what is expected if it is something else. */
export function parseTierLimits(text: string): { value: TierLimits } | { problem: string } {
  const parsed = TIER_LIMITS.safeParse(parseJson(text))
  return parsed.success ? { value: parsed.data } : { problem: EXPECTED }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Parses the tier of a profile. An unknown one has the limits of the lowest. */
export const parseTier = (stored: unknown): SubscriptionTier =>
  z.enum(TIER_NAMES).catch('free').parse(stored)

/** Whether any tier has a limit of this kind. */
export const hasTierLimit = (limits: TierLimits, kind: TierLimit): boolean =>
  Object.values(limits).some((tier) => tier[kind] !== undefined)

const DESCRIPTIONS: Record<TierLimit, { what: string; wayOut: string }> = {
  vehicles: { what: 'vehicles', wayOut: 'Move one to the trash' },
  storedMb: { what: 'MB', wayOut: 'Permanently delete what you no longer need' },
}

/** Explains to an owner that their tier does not allow more, and what they can do. */
export function describeTierLimit(kind: TierLimit, tier: SubscriptionTier, max: number): string {
  const { what, wayOut } = DESCRIPTIONS[kind]
  return (
    `The tier of your subscription, ${tier}, allows ${max} ${what}. ${wayOut}, or change to a ` +
    'higher tier.'
  )
}
