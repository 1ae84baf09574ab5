import type { PayloadRequest } from 'payload'
import { writeAudit } from '../audit/entries.ts'
import { auditOwnerAction } from '../audit/owner-action.ts'
import { getOrigin } from '../audit/origin.ts'
import { getTransaction } from '../database/transaction.ts'
import type { FieldChange } from '../domain/audit-change.ts'

type SharingAction =
  | 'share_invite'
  | 'share_accept'
  | 'share_end'
  | 'transfer_offer'
  | 'transfer_accept'
  | 'transfer_end'
  | 'dealer_submit'
  | 'dealer_withdraw'

/** What an owner did about a vehicle; `owner` is whose vehicle it is, or was before a transfer. */
export type SharingEvent = {
  action: SharingAction
  vehicle: string
  owner: string
  fields?: Record<string, FieldChange>
}

/**
 * Records what an owner, `subject`, did about a share or transfer, in the transaction of the
 * request. The entry names both sides, and no address.
 */
export const auditSharing = (
  req: PayloadRequest,
  subject: string,
  { action, vehicle, owner, fields = {} }: SharingEvent,
): Promise<void> =>
  writeAudit(
    getTransaction(req),
    { kind: 'owner', subject },
    {
      action,
      resourceType: 'vehicles',
      resource: vehicle,
      change: { owner, fields },
      origin: getOrigin(req),
    },
  )

/** Records that an admin ended a share or an offer, in the transaction of the request. */
export const auditRemoval = (
  req: PayloadRequest,
  action: 'share_remove' | 'transfer_remove',
  { vehicle, owner }: { vehicle: string; owner: string },
): Promise<void> =>
  auditOwnerAction(req, {
    action,
    resourceType: 'vehicles',
    resource: vehicle,
    change: { owner, fields: {} },
  })
