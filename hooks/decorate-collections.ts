import path from 'node:path'
import type { CollectionConfig, Plugin } from 'payload'
import { withCrossSiteGuard } from '../src/auth/sessions/cross-site.ts'
import { withLimits } from '../src/api/limits.ts'
import { withOwnerSignIn } from '../src/auth/owners/owner-strategy.ts'
import type { VerifyToken } from '../src/auth/owners/owner-tokens.ts'
import { permissions } from '../src/access/permissions.ts'
import { normalizeIds } from '../src/api/row-ids.ts'
import type { Settings } from '../src/env.ts'
import { withCopyValues } from '../src/fields/copy-values.ts'
import { withLabeledErrors } from '../src/fields/labeled-errors.ts'
import { withListScreen } from '../src/fields/list-screen.ts'
import { withNotYet } from '../src/fields/not-yet.ts'
import { withStoredFiles } from '../src/uploads/stored-files.ts'
import { withUploadRules } from '../src/uploads/upload-rules.ts'
import { checkIfMatch, checkIfMatchOfDeletion } from './constraints/check-if-match.ts'
import { restrictDelete } from './constraints/restrict-delete.ts'
import { checkVersion } from './constraints/check-version.ts'
import { lockVehicleOfChange, lockVehicleOfDeletion } from './ownership/lock-vehicle.ts'
import { withAuditLog } from './audit/with-audit-log.ts'
import { withOwnerLimits } from './owner-limits.ts'

/**
 * The rules for every collection, ours and the plugins': the last of the plugins that change
 * collections. Among others: stale writes are refused before the collection's own hooks, referenced
 * rows cannot be deleted, and actions are audited.
 */
export function decorateCollections(settings: Settings, verifyToken: VerifyToken): Plugin {
  const signIn = { verifyToken, termsVersion: settings.TERMS_VERSION ?? null }
  const emptyFolder = path.resolve(settings.DATA_DIR, 'uploads', 'none')
  const decorate = (collection: CollectionConfig) => {
    const guarded = withUploadRules(
      withCrossSiteGuard(withOwnerSignIn(withCopyRules(withScreens(collection)), signIn)),
    )
    const limited = withOwnerLimits(withConstraints(withLimits(guarded, settings)))
    return withFailedSave(withStoredFiles(withAuditLog(limited), emptyFolder))
  }
  return (config) => ({ ...config, collections: (config.collections ?? []).map(decorate) })
}

/**
 * What the panel shows for every table: complete lists, features that do not work yet, and errors
 * that name their field.
 */
const withScreens = (collection: CollectionConfig) =>
  withNotYet(withListScreen(withLabeledErrors(collection)))

/** Rows that cannot be created by hand cannot be copied by hand either. */
function withCopyRules(collection: CollectionConfig): CollectionConfig {
  if (collection.access?.create === permissions.nobody)
    return { ...collection, disableDuplicate: true }
  return withCopyValues(collection)
}

/** Keeps a form marked as unsaved after the server rejected it. */
function withFailedSave(collection: CollectionConfig): CollectionConfig {
  const { components } = collection.admin ?? {}
  const beforeDocumentControls = [
    ...(components?.edit?.beforeDocumentControls ?? []),
    '/src/admin/errors/failed-save.tsx#FailedSave',
  ]
  const edit = { ...components?.edit, beforeDocumentControls }
  return { ...collection, admin: { ...collection.admin, components: { ...components, edit } } }
}

function withConstraints(collection: CollectionConfig): CollectionConfig {
  const { beforeChange = [], beforeDelete = [], beforeOperation = [] } = collection.hooks ?? {}
  const hooks = {
    ...collection.hooks,
    beforeOperation: [normalizeIds, ...beforeOperation],
    beforeChange: [lockVehicleOfChange, checkIfMatch, checkVersion, ...beforeChange],
    beforeDelete: [lockVehicleOfDeletion, checkIfMatchOfDeletion, ...beforeDelete, restrictDelete],
  }
  return { ...collection, hooks }
}
