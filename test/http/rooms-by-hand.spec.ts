import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '@payloadcms/db-postgres'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let staff: Record<'admin' | 'manager' | 'viewer', Api>
beforeAll(async () => {
  forecourt = await openForecourt()
  staff = {
    admin: await forecourt.as('admin'),
    manager: await forecourt.as('manager'),
    viewer: await forecourt.as('viewer'),
  }
})
afterAll(() => forecourt.close())

const save = (collection: string, data: object) =>
  forecourt.payload.create({
    collection: collection as 'competitors',
    data: data as never,
    depth: 0,
    overrideAccess: true,
  })

/** The one row whose `field` has this value, as an admin reads it. */
async function found(slug: string, field: string, value: string) {
  const { body } = await staff.admin
    .get(`/api/${slug}?where[${field}][equals]=${value}`)
    .expect(200)
  expect(body.docs).toHaveLength(1)
  return body.docs[0]
}

const template = (key: string) => found('email-templates', 'templateKey', key)
const setting = (key: string) => found('backup-settings', 'settingKey', key)

const LABELS: Readonly<Record<string, string>> = {
  body: 'Text',
  cronExpression: 'Cron expression',
  retentionCount: 'Backups kept',
}
const labelFor = (field: string) => LABELS[field] ?? field.charAt(0).toUpperCase() + field.slice(1)

describe('a template', () => {
  it.each(['maintenance_due_soon', 'maintenance_overdue', 'document_expiring', 'document_expired'])(
    '%s is there from the beginning, and names no placeholder that it does not have',
    async (key) => {
      const { subject, body, description, variables, isActive } = await template(key)
      const used = [...`${subject} ${body}`.matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name)
      expect(isActive).toBe(true)
      expect(new Set(used)).toEqual(new Set(variables))
      expect(body).not.toMatch(/<\w/)
      expect(`${description} ${body}`).not.toMatch(
        /worked out|rests until|Sent once|reminder period/,
      )
    },
  )

  it('has its words changed by a manager, never by a viewer or from outside', async () => {
    const path = `/api/email-templates/${(await template('document_expired')).id}`
    const words = {
      subject: 'Gone: {{ documentTitle }}',
      body: 'Hello {{ userName }}',
      name: 'Expired',
      isActive: false,
    }
    expect((await staff.manager.patch(path).send(words).expect(200)).body.doc).toMatchObject(words)
    const { api } = await forecourt.asOwner('garage admin')
    for (const other of [staff.viewer, forecourt.anonymous, api])
      await other.patch(path).send({ body: 'X' }).expect(403)
    for (const other of [forecourt.anonymous, api]) await other.get(path).expect(403)
    await staff.viewer.get(path).expect(200)
  })

  it('keeps its occasion and its placeholders whoever changes it', async () => {
    const { id, variables } = await template('document_expiring')
    const result = {
      templateKey: 'maintenance_overdue',
      variables: ['secret'],
      description: 'Changed',
    }
    const { body } = await staff.admin.patch(`/api/email-templates/${id}`).send(result).expect(200)
    expect(body.doc).toMatchObject({
      templateKey: 'document_expiring',
      variables,
      description: 'Changed',
    })
  })

  it('is neither made nor deleted, by REST or GraphQL', async () => {
    const { id } = await template('maintenance_overdue')
    const made = { templateKey: 'document_expired', name: 'X', subject: 'X', body: 'X' }
    for (const api of Object.values(staff)) {
      await api.post('/api/email-templates').send(made).expect(403)
      await api.delete(`/api/email-templates/${id}`).expect(403)
    }
    const { errors } = await queryGraphql(
      staff.admin,
      `mutation { deleteEmailTemplate(id: "${id}") { id } }`,
    )
    expect(errors).toMatchObject([{ extensions: { statusCode: 403 } }])
  })

  it.each([
    ['subject', 'x'.repeat(256), 'must have at most 255 characters'],
    ['body', '', 'is required'],
    ['name', null, 'is required'],
  ])('cannot have the %s %j', async (field, value, message) => {
    const { id } = await template('maintenance_overdue')
    const { body } = await staff.manager
      .patch(`/api/email-templates/${id}`)
      .send({ [field]: value })
      .expect(400)
    expect(body.errors[0]).toMatchObject({
      path: field,
      message: expect.stringContaining(`${labelFor(field)} ${message}`),
    })
  })
})

describe('a notification', () => {
  it('is read by its owner and by admins of the staff', async () => {
    const [owner, other] = [await forecourt.asOwner(), await forecourt.asOwner('garage admin')]
    const log = {
      userId: owner.subject,
      notificationType: 'email',
      templateKey: 'document_expired',
      recipientEmail: owner.email,
    }
    const { id } = await save('notification-logs', log)
    expect((await owner.api.get('/api/notification-logs').expect(200)).body.docs).toMatchObject([
      { id, status: 'sent' },
    ])
    await staff.admin.get(`/api/notification-logs/${id}`).expect(200)
    expect((await other.api.get('/api/notification-logs').expect(200)).body.docs).toEqual([])
    await other.api.get(`/api/notification-logs/${id}`).expect(404)
    for (const api of [staff.manager, staff.viewer, forecourt.anonymous])
      await api.get('/api/notification-logs').expect(403)
  })

  it('is about a known occasion', async () => {
    const log = { userId: 'auth0|x', notificationType: 'email', templateKey: 'birthday' }
    await expect(save('notification-logs', log)).rejects.toMatchObject({
      data: {
        errors: [
          {
            path: 'templateKey',
            message: expect.stringContaining('must be one of maintenance_due_soon'),
          },
        ],
      },
    })
  })
})

describe('a backup setting', () => {
  it('has a sensible value from the beginning', async () => {
    const { body } = await staff.admin.get('/api/backup-settings').expect(200)
    const values = body.docs.map((row: { settingKey: string; settingValue: string }) => [
      row.settingKey,
      row.settingValue,
    ])
    expect(Object.fromEntries(values)).toEqual({
      email_on_success: 'false',
      email_on_failure: 'true',
      admin_email: '',
      max_backup_size_mb: '5120',
      compression_enabled: 'true',
    })
  })

  it('is set by an admin of the staff, and tells when', async () => {
    const { id, updatedAt } = await setting('admin_email')
    const path = `/api/backup-settings/${id}`
    const { body } = await staff.admin
      .patch(path)
      .send({ settingValue: 'office@forecourt.example' })
      .expect(200)
    expect(body.doc.settingValue).toBe('office@forecourt.example')
    expect(Date.parse(body.doc.updatedAt)).toBeGreaterThan(Date.parse(updatedAt))
    expect(
      (await staff.admin.patch(path).send({ settingValue: '' }).expect(200)).body.doc.settingValue,
    ).toBe('')
  })

  it.each([
    ['email_on_success', 'yes', 'for email_on_success it must be true or false, not "yes"'],
    [
      'admin_email',
      'office',
      'for admin_email it must be an e-mail address such as office@example.com, or empty',
    ],
    [
      'max_backup_size_mb',
      '0',
      'for max_backup_size_mb it must be a whole number from 1 to 1000000, not "0"',
    ],
    ['max_backup_size_mb', 5, 'must be a string, not 5'],
    ['compression_enabled', null, 'is required'],
  ])('%s cannot be %j', async (key, settingValue, message) => {
    const { id } = await setting(key)
    const { body } = await staff.admin
      .patch(`/api/backup-settings/${id}`)
      .send({ settingValue })
      .expect(400)
    expect(body.errors[0]).toMatchObject({
      path: 'settingValue',
      message: expect.stringMatching(/^Value:? /),
    })
    expect(body.errors[0].message).toContain(message)
  })

  it('keeps a recipient that an earlier version accepted', async () => {
    const { id } = await setting('admin_email')
    const settingValue = 'büro@forecourt.example'
    await getPostgresAdapter(forecourt.payload).drizzle.execute(
      sql`update backup_settings set setting_value = ${settingValue} where id = ${id}`,
    )
    const path = `/api/backup-settings/${id}`
    await staff.admin.patch(path).send({ settingValue }).expect(200)
    await staff.admin.patch(path).send({ settingValue: '' }).expect(200)
    await staff.admin.patch(path).send({ settingValue }).expect(400)
  })

  it('keeps its key', async () => {
    const { id } = await setting('max_backup_size_mb')
    const { body } = await staff.admin
      .patch(`/api/backup-settings/${id}`)
      .send({ settingKey: 'admin_email' })
      .expect(200)
    expect(body.doc.settingKey).toBe('max_backup_size_mb')
  })

  it('is one of the five, each once', async () => {
    const { body } = await staff.admin
      .post('/api/backup-settings')
      .send({ settingKey: 'color', settingValue: 'red' })
      .expect(400)
    expect(body.errors[0].message).toContain(
      'Setting must be one of email_on_success, email_on_failure, admin_email',
    )
    await staff.admin
      .post('/api/backup-settings')
      .send({ settingKey: 'admin_email', settingValue: '' })
      .expect(400)
  })
})

describe('a backup schedule', () => {
  const NIGHTLY = { name: 'Nightly', frequency: 'daily', cronExpression: '0 3 * * *' }

  it('is made by an admin of the staff', async () => {
    const reported = { ...NIGHTLY, nextRunAt: '2026-01-01T00:00:00.000Z' }
    const { body } = await staff.admin.post('/api/backup-schedules').send(reported).expect(201)
    expect(body.doc).toMatchObject({ ...NIGHTLY, retentionCount: 7, isEnabled: true })
    expect(body.doc.nextRunAt ?? null).toBeNull()
  })

  it.each([
    ['cronExpression', '0 25 * * *', 'has "25" for the hour: use 0 to 23'],
    ['cronExpression', 'every night', 'must have five parts'],
    ['frequency', 'yearly', 'must be one of hourly, daily, weekly, monthly, not "yearly"'],
    ['retentionCount', 0, 'must be 1 or more, not 0'],
  ])('cannot have the %s %j', async (field, value, message) => {
    const { body } = await staff.admin
      .post('/api/backup-schedules')
      .send({ ...NIGHTLY, [field]: value })
      .expect(400)
    expect(body.errors[0]).toMatchObject({
      path: field,
      message: expect.stringContaining(`${labelFor(field)} ${message}`),
    })
  })

  it('leaves the history of its backups when it is deleted', async () => {
    const schedule = (await save('backup-schedules', NIGHTLY)).id
    const file = {
      filename: 'a.tar',
      filePath: 'backups/a.tar',
      fileSizeBytes: 5e9,
      status: 'completed',
      backupType: 'scheduled',
    }
    const { id } = await save('backup-history', { ...file, schedule })
    await staff.admin.delete(`/api/backup-schedules/${schedule}`).expect(200)
    const { body } = await staff.admin.get(`/api/backup-history/${id}`).expect(200)
    expect({ schedule: body.schedule ?? null, size: body.fileSizeBytes }).toEqual({
      schedule: null,
      size: 5e9,
    })
  })

  it.each(['backup-schedules', 'backup-history', 'backup-settings'])(
    'and %s are for admins of the staff alone',
    async (slug) => {
      const { api } = await forecourt.asOwner('garage admin')
      for (const other of [staff.manager, staff.viewer, forecourt.anonymous, api]) {
        await other.get(`/api/${slug}`).expect(403)
        await other.post(`/api/${slug}`).send(NIGHTLY).expect(403)
      }
    },
  )
})
