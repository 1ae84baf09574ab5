import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { down, up } from '../../src/database/migrations/20261122_130000_forgotten_names.ts'
import { withClient } from '../support/databases.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const migrate = (step: typeof up) =>
  withClient(forecourt.ownerUrl, (client) =>
    step({ db: drizzle({ client }) } as unknown as MigrateUpArgs),
  )

const naming = async () =>
  (
    await forecourt.sql(
      'select action, context from admin_audit_logs line where to_jsonb(line)::text like ' +
        `'%auth0|before%'`,
    )
  ).rows

it('who was taken out of the audit log before it could be nameless is named by it no more', async () => {
  await migrate(down)
  await forecourt.sql(
    `insert into admin_audit_logs (actor_admin_id, action, resource_type, resource_id, context)
     values ('auth0|an admin', 'update', 'vehicles', '1',
       '{"owner": "auth0|before", "fields": {"vin": {"from": null, "to": "1"}}}')`,
  )
  await forecourt.ownerSql(`select forecourt_blank_person('auth0|before')`)
  expect((await naming()).map(({ action }) => action as string).toSorted()).toEqual([
    'blank_person',
    'update',
  ])
  await migrate(up)
  expect(await naming()).toEqual([])
  await expect(forecourt.sql('update admin_audit_logs set action = null')).rejects.toThrow(
    'permission denied',
  )
  await expect(forecourt.ownerSql(`update admin_audit_logs set action = ''`)).rejects.toThrow(
    'only ever added to',
  )
})
