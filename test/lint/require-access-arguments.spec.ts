import { describe, it } from '@jest/globals'
import { RuleTester } from 'eslint'
import { parser } from 'typescript-eslint'
import { requireAccessArguments } from '../../src/lint/require-access-arguments.mjs'

RuleTester.describe = describe
RuleTester.it = it

const tester = new RuleTester({ languageOptions: { parser } })

const missing = (operation: string, what: string) => [
  { messageId: 'missing', data: { operation, missing: what } },
]
const literal = (operation: string) => [{ messageId: 'literal', data: { operation } }]

tester.run('require-access-arguments', requireAccessArguments, {
  valid: [
    {
      name: 'accepts a call that states both',
      code: `payload.find({ collection: 'vehicles', overrideAccess: false, req })`,
    },
    {
      name: 'accepts both beside a spread',
      code: `req.payload.create({ ...rest, overrideAccess: true, req: context.req })`,
    },
    {
      name: 'accepts keys written as strings',
      code: `payload.count({ 'overrideAccess': false, 'req': req })`,
    },
    {
      name: 'is not concerned with the database adapter',
      code: `payload.db.find({ collection: 'vehicles' })`,
    },
    {
      name: 'is not concerned with other owners of a find',
      code: `rows.find((row) => row.id === id); store.payloads.find(isNew)`,
    },
    {
      name: 'is not concerned with what is no operation',
      code: `payload.logger.info('x'); payload.destroy(); payload.jobs.queue({})`,
    },
    { name: 'is not concerned with a function named find', code: `find({})` },
    {
      name: 'lets code without a request leave req out',
      code: `payload.find({ overrideAccess: true })`,
      options: [{ needsReq: false }],
    },
  ],
  invalid: [
    {
      name: 'reports a silent call',
      code: `payload.find({ collection: 'vehicles' })`,
      errors: missing('find', 'overrideAccess and req'),
    },
    {
      name: 'reports a missing req',
      code: `payload.delete({ id, overrideAccess: true })`,
      errors: missing('delete', 'req'),
    },
    {
      name: 'reports a missing overrideAccess',
      code: `payload.update({ id, req })`,
      errors: missing('update', 'overrideAccess'),
    },
    {
      name: 'does not take a spread for an answer',
      code: `payload.create({ ...options })`,
      errors: missing('create', 'overrideAccess and req'),
    },
    {
      name: 'does not take a nested key for an answer',
      code: `payload.create({ data: { overrideAccess: true, req: 1 } })`,
      errors: missing('create', 'overrideAccess and req'),
    },
    {
      name: 'does not take a computed key for an answer',
      code: `payload.find({ [overrideAccess]: true, req })`,
      errors: missing('find', 'overrideAccess'),
    },
    {
      name: 'sees payload at the end of a path',
      code: `this.app.payload.findByID({ id })`,
      errors: missing('findByID', 'overrideAccess and req'),
    },
    {
      name: 'sees through an optional chain',
      code: `req?.payload?.login({ data, req })`,
      errors: missing('login', 'overrideAccess'),
    },
    {
      name: 'sees through type assertions',
      code: `(payload as Payload).unlock({ req } as Options)`,
      errors: missing('unlock', 'overrideAccess'),
    },
    {
      name: 'sees through a non-null assertion',
      code: `req.payload!.count({ req })`,
      errors: missing('count', 'overrideAccess'),
    },
    {
      name: 'sees a quoted operation',
      code: `payload['findGlobal']({ slug, req })`,
      errors: missing('findGlobal', 'overrideAccess'),
    },
    {
      name: 'asks for a literal instead of a variable',
      code: `payload.updateGlobal(options)`,
      errors: literal('updateGlobal'),
    },
    {
      name: 'asks for a literal instead of nothing',
      code: `payload.findDistinct()`,
      errors: literal('findDistinct'),
    },
    {
      name: 'still wants overrideAccess where there is no request',
      code: `payload.find({ collection: 'vehicles' })`,
      options: [{ needsReq: false }],
      errors: missing('find', 'overrideAccess'),
    },
  ],
})
