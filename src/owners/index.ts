import type { Plugin } from 'payload'
import type { VerifyToken } from '../access/owner-tokens.ts'
import type { Settings } from '../env.ts'
import { changeMe, confirmAddress, deactivate, reactivate } from './endpoints/account.ts'
import { cancelDeletion, requestDeletion } from './endpoints/deletion.ts'
import { me, resendVerification, signUp, verifyStatus } from './endpoints/auth.ts'
import { exportAccount } from './endpoints/export.ts'
import { onboarding } from './endpoints/onboarding.ts'
import { noFiles, type OwnerFiles } from './files.ts'
import { resendOfSettings } from './management.ts'
import { termsOf } from './terms.ts'

/** What owners do with their own accounts, under /api/me, /api/auth and /api/onboarding. */
export const owners =
  (settings: Settings, verifyToken: VerifyToken, files: OwnerFiles = noFiles): Plugin =>
  (config) => {
    const terms = termsOf(settings)
    const endpoints = [
      me(terms),
      signUp(terms),
      verifyStatus(verifyToken),
      resendVerification(resendOfSettings(settings), verifyToken),
      ...onboarding(),
      ...[
        changeMe(terms),
        confirmAddress,
        deactivate,
        reactivate(verifyToken),
        requestDeletion,
        cancelDeletion,
        exportAccount(files),
      ],
    ]
    return { ...config, endpoints: [...(config.endpoints ?? []), ...endpoints] }
  }
