import type { z } from 'zod'
import type { ME, ONBOARDING } from './api-schemas.ts'

/** The onboarding status of an owner. */
export type OnboardingAnswer = z.output<typeof ONBOARDING>

/** The response of GET /api/me. */
export type MeAnswer = z.output<typeof ME>

/**
 * The state of an owner's agreement to the terms: `none` apply, they are `required`, an `outdated`
 * version was agreed to, or the current one is `agreed`.
 */
export type TermsState = MeAnswer['terms']['state']
