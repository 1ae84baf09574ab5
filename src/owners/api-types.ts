import type { z } from 'zod'
import type { ME, ONBOARDING } from './api-schemas.ts'

/** Where an owner is on their way in. */
export type OnboardingAnswer = z.output<typeof ONBOARDING>

/** What GET /api/me answers. */
export type MeAnswer = z.output<typeof ME>

/**
 * How an owner stands to the terms: `none` are asked for, they are `required`, agreed to but
 * `outdated`, or `agreed`.
 */
export type TermsState = MeAnswer['terms']['state']
