import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import type { VerifyToken } from '../auth/owners/owner-tokens.ts'
import type { Settings } from '../env.ts'
import {
  updateAccount,
  confirmAddress,
  deactivateAccount,
  reactivateAccount,
} from './endpoints/account.ts'
import { cancelDeletion, requestDeletion } from './endpoints/deletion.ts'
import { getMe, resendVerification, signUp, getVerificationStatus } from './endpoints/auth.ts'
import { exportAccount } from './endpoints/export.ts'
import { importAccountArchive } from './endpoints/import.ts'
import { onboardingEndpoints } from './endpoints/onboarding.ts'
import type { OwnerFiles } from './files.ts'
import { createResendVerification } from '../auth/owners/management.ts'
import { readTerms } from './terms.ts'

/** The endpoints for owners' own accounts, under /api/me, /api/auth and /api/onboarding. */
export const ownersPlugin =
  (settings: Settings, verifyToken: VerifyToken, files: OwnerFiles): Plugin =>
  (config) => {
    const terms = readTerms(settings)
    const endpoints = [
      getMe(terms),
      signUp(terms),
      getVerificationStatus(verifyToken),
      resendVerification(createResendVerification(settings), verifyToken),
      ...onboardingEndpoints,
      updateAccount(terms),
      confirmAddress,
      deactivateAccount,
      reactivateAccount(verifyToken),
      requestDeletion,
      cancelDeletion,
      exportAccount(files),
      importAccountArchive,
    ]
    return withEndpoints(config, endpoints)
  }
