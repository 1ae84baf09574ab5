import type { PayloadRequest } from 'payload'
import { writeAudit } from '../audit/entries.ts'
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
