import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { identityOf } from '../access/identity.ts'
import { inRequestTransaction } from '../database/in-request-transaction.ts'
import type { FieldChange } from '../domain/trail-change.ts'
import { writeActivity } from './lines.ts'
import { originOf } from './origin.ts'

/** What a member of staff did: what comes of it, and its line of the trail. Never the values of an input. */
export type Deed<Value> = {
  value: Value
  action: string
  resourceType: string
  resource: string | undefined
  fields: Record<string, FieldChange>
}

/** The member of staff who asks; null where it is nobody of them. */
export function staffOf(req: PayloadRequest): string | null {
  const identity = identityOf(req)
  return identity.kind === 'staff' ? identity.id : null
}

/** Does it in one transaction with its line of the trail; answers once the database has both. */
export function inTrail<Value>(req: PayloadRequest, work: (client: pg.PoolClient) => Promise<Deed<Value>>): Promise<Value> {
  return inRequestTransaction(req, async (client) => {
    const { value, action, resourceType, resource, fields } = await work(client)
    await writeActivity({ db: drizzle(client) }, staffOf(req), {
      ...{ action, resourceType, resource, change: { fields }, origin: originOf(req) },
    })
    return value
  })
}
