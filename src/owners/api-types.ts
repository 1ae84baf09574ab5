import type { Terms } from './terms.ts'

/** How an owner stands to the terms: `none` are asked for, they are `required`, agreed to but `outdated`, or `agreed`. */
export type TermsState = 'none' | 'required' | 'outdated' | 'agreed'

/** Where an owner is on their way in. */
export type OnboardingAnswer = {
  completedAt: string | null
  steps: { preferences: boolean; vehicle: boolean }
  /** What comes next; null when they are through. */
  next: 'preferences' | 'vehicle' | 'complete' | null
}

/** What GET /api/me answers. */
export type MeAnswer = {
  profile: {
    id: string
    email: string
    emailVerified: boolean
    displayName: string | null
    notificationEmail: string | null
    notificationEmailConfirmed: boolean
    subscriptionTier: string | null
    createdAt: string
  }
  preferences: { unitSystem: string | null; currencyCode: string | null; timeZone: string | null } | null
  terms: { state: TermsState; current: Terms | null; agreed: { version: string; at: string } | null }
  onboarding: OnboardingAnswer
  deletion: { requestedAt: string; scheduledAt: string } | null
  garageAdmin: boolean
}
