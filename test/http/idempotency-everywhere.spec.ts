import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openCast } from '../support/proof-cast.ts'
import { Rows } from '../support/proof-rows.ts'

let cast: Awaited<ReturnType<typeof openCast>>
let rows: Rows
beforeAll(async () => {
  cast = await openCast()
  rows = new Rows(cast.forecourt, cast.people)
})
afterAll(() => cast.close())

const ASKERS = ['owner', 'admin'] as const

describe('a create with an Idempotency-Key', () => {
  it(
    'makes one row in every collection that owners or staff may create in, and is answered ' +
      'again as it was',
    async () => {
      const { forecourt, headers } = cast
      const made = new Set<string>()
      const slugs = forecourt.payload.config.collections
        .map(({ slug }) => slug)
        .filter((slug) => !slug.startsWith('payload-'))
      for (const slug of slugs)
        for (const actor of ASKERS) {
          const credentials = headers.find(([, who]) => who === actor)?.[2] ?? {}
          const { data } = await rows.buildBody(slug, actor).catch(() => ({ data: {} }))
          const key = randomUUID()
          const post = () =>
            supertest(forecourt.app)
              .post(`/api/${slug}`)
              .set(credentials)
              .set('Idempotency-Key', key)
              .send(data)
          const first = await post()
          if (first.status !== 201) continue
          made.add(slug)
          const second = await post()
          expect([slug, second.status, second.headers['idempotent-replayed']]).toEqual([
            slug,
            201,
            'true',
          ])
          expect([slug, second.body]).toEqual([slug, first.body])
        }
      expect([...made]).toEqual(
        expect.arrayContaining([
          'vehicles',
          'fuel-logs',
          'maintenance-logs',
          'documents',
          'inventory',
          'users',
          'competitors',
          'stations',
        ]),
      )
    },
  )
})
