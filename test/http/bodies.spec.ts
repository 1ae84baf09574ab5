import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import express from 'express'
import { toWebRequest } from '../../src/server/web-request.ts'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listenOnLoopback, type Listening, sendRaw } from '../support/http-listen.ts'
import { measureProcessorMs } from '../support/processor-time.ts'
import { ORIGIN } from '../support/settings.ts'

let forecourt: TestForecourt
let manager: Api
let car: string
let server: Listening
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  car = (await saveCar(forecourt.payload)).id
  server = await listenOnLoopback(forecourt.app)
})
afterAll(async () => {
  await server.close()
  await forecourt.close()
})

const json = (api: Api, path: string, body: string) =>
  api.post(path).set('content-type', 'application/json').send(body)
const chunked = (path: string) =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: ` +
  'chunked\r\nConnection: close\r\n\r\n'
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

describe('a body', () => {
  it('of 1 MB is read, and of one byte more refused before it is read', async () => {
    const body = (length: number) =>
      JSON.stringify({ ...aCar(), description: '' }).replace(
        '"description":""',
        `"description":"${'x'.repeat(length)}"`,
      )
    const around = body(0).length
    await json(manager, '/api/inventory', body(1_000_000 - around)).expect(201)
    const { body: result } = await json(manager, '/api/inventory', body(1_000_001 - around)).expect(
      413,
    )
    expect(result.errors[0].message).toContain('1 MB')
    await json(forecourt.anonymous, '/api/graphql', `{"query":"${'x'.repeat(1_000_000)}"}`).expect(
      413,
    )
  })

  it('with a number of a million digits is refused without delay', async () => {
    const body = `{"query":"{__typename}","variables":{"a":1.${'0'.repeat(900_000)}1}}`
    const ms = await measureProcessorMs(async () => {
      await json(forecourt.anonymous, '/api/graphql', body).expect(400)
    })
    expect(ms).toBeLessThan(3_000)
  })

  it('that says nothing of its length is counted, and refused once it is too long', async () => {
    const paths = ['/api/users/login', '/api/users/forgot-password', '/api/graphql']
    for (const [path, chunks] of paths.flatMap((one) => [[one, 17] as const, [one, 80] as const])) {
      const { text } = await sendRaw(
        server.port,
        `${chunked(path)}${chunk('{"a":"')}${chunk('x'.repeat(65_536)).repeat(chunks)}${chunk('"}')}0\r\n\r\n`,
      )
      expect({ path, answer: text.split('\r\n')[0] }).toEqual({
        path,
        answer: 'HTTP/1.1 413 Payload Too Large',
      })
    }
  })

  it.each(['{', '{"make":', 'make=Honda', '\u0000', '{"a":1}}'])(
    'that is no JSON is the mistake of the caller: %j',
    async (body) => {
      await json(manager, '/api/inventory', body).expect(400)
      await json(forecourt.anonymous, '/api/users/login', body).expect(400)
      await json(forecourt.anonymous, '/api/graphql', body).expect(400)
    },
  )

  it.each(['text/plain', 'application/xml', 'application/octet-stream'])(
    'of another kind is the mistake of the caller: %s',
    async (type) => {
      const { status } = await manager.post('/api/inventory').set('content-type', type).send('x')
      expect([400, 415]).toContain(status)
    },
  )

  it('that is a form cut short is the mistake of the caller', async () => {
    for (const type of ['multipart/form-data; boundary=b', 'multipart/form-data'])
      await manager.post('/api/media').set('content-type', type).send('--b').expect(400)
  })

  it('that is not UTF-8, or says another charset, is refused wherever bodies are read', async () => {
    const owner = await forecourt.asOwner()
    const send = (api: Api, path: string, type: string) =>
      api[path.endsWith('/me') ? 'patch' : 'post'](path)
        .set('content-type', type)
        .serialize(((body: unknown) => body) as never)
        .send(
          Buffer.from(
            '{"displayName":"Ren\u00e9e","email":"ren\u00e9e@x.example"}',
            'latin1',
          ) as never,
        )
    const places: [Api, string][] = [
      [manager, '/api/inventory'],
      [manager, '/api/vin-evaluation'],
      [forecourt.anonymous, '/api/users/login'],
      [forecourt.anonymous, '/api/graphql'],
      [owner.api, '/api/me'],
      [owner.api, '/api/onboarding/vehicle'],
      [owner.api, '/api/auth/signup'],
    ]
    for (const [api, path] of places) {
      for (const type of [
        'application/json',
        'application/json; charset="UTF-8"',
        'application/json;Charset=utf8',
      ]) {
        const { status, text } = await send(api, path, type)
        expect({ path, type, status, text }).toMatchObject({
          status: 400,
          text: expect.stringContaining('UTF-8'),
        })
      }
      for (const charset of ['iso-8859-1', 'utf-16', '"Windows-1252"', "'utf-8'"]) {
        const { status } = await send(api, path, `application/json; charset=${charset}`)
        expect({ path, charset, status }).toEqual({ path, charset, status: 415 })
      }
    }
  })

  it('that is a form of other bytes than UTF-8 is refused as well', async () => {
    const part = (message: string) =>
      `--b\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n{"alt":"${message}"}\r\n--b--\r\n`
    const send = (type: string, encoding: BufferEncoding) =>
      manager
        .post('/api/media')
        .set('content-type', type)
        .send(Buffer.from(part('caf\u00e9'), encoding) as never)
    const refused = await send('multipart/form-data; boundary=b', 'latin1').expect(400)
    expect(refused.text).toContain('UTF-8')
    expect((await send('multipart/form-data; boundary=b', 'utf8').expect(400)).text).toContain(
      'No files were uploaded',
    )
    await send('multipart/form-data; boundary=b; charset=iso-8859-1', 'latin1').expect(415)
  })

  it('of a bulk change is a JSON object, whatever it is sent as', async () => {
    const path = `/api/inventory?where[id][equals]=${car}`
    const send = (type: string, body: string) =>
      manager.patch(path).set('content-type', type).serialize(String).send(body)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
      await send(type, '{"doors":5}').expect(400)
    for (const body of ['[1]', 'null', '"x"', '5', '[{"doors":5}]'])
      await send('application/json', body).expect(400)
    for (const type of ['APPLICATION/JSON', 'application/json ; charset=utf-8']) {
      expect((await send(type, '{"doors":5}').expect(200)).body.docs[0].doors).toBe(5)
      await manager
        .patch(`/api/inventory/${car}`)
        .set('content-type', type)
        .serialize(String)
        .send('{"doors":4}')
        .expect(200)
    }
  })

  it('is JSON wherever JSON is read', async () => {
    const owner = await forecourt.asOwner()
    const send = (api: Api, method: 'post' | 'patch', path: string, type: string, body: string) =>
      api[method](path).set('content-type', type).serialize(String).send(body)
    for (const bad of ['{bad', '[', 'x'])
      await send(manager, 'post', '/api/payload-preferences/x', 'application/json', bad).expect(400)
    await send(
      manager,
      'post',
      '/api/payload-preferences/x',
      'application/json',
      '{"value":{"a":1}}',
    ).expect(200)
    for (const [api, method, path] of [
      [owner.api, 'patch', '/api/me'],
      [manager, 'post', '/api/vin-evaluation'],
      [manager, 'post', '/api/payload-preferences/x'],
    ] as const)
      await send(
        api,
        method,
        path,
        'text/plain',
        '{"displayName":"Ann","vin":"1HGCM82633A004352"}',
      ).expect(415)
    await send(
      owner.api,
      'patch',
      '/api/me',
      'APPLICATION/JSON ; charset=utf-8',
      '{"displayName":"Ann"}',
    ).expect(200)
  })

  it('that is deep does no harm', async () => {
    const deep = `{"features":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const { status } = await json(manager, '/api/inventory', deep)
    expect(status).toBe(400)
  })
})

describe('a client that leaves in the middle of its body', () => {
  it('leaves nobody waiting for the rest', async () => {
    let reported: (how: string) => void
    const read = new Promise<string>((resolve) => (reported = resolve))
    let begin: () => void
    const beginning = new Promise<void>((resolve) => (begin = resolve))
    const reader = express().use((req, res) => {
      const { request } = toWebRequest(req, res, ORIGIN)
      begin()
      request.text().then(
        () => reported('read to its end'),
        () => reported('given up'),
      )
    })
    const inner = await listenOnLoopback(reader)
    const socket = connect(inner.port, '127.0.0.1', () =>
      socket.write(`${chunked('/')}${chunk('half')}`),
    )
    await beginning
    socket.destroy()
    expect(await read).toBe('given up')
    await inner.close()
  })

  it('does not keep others from being served', async () => {
    const leavers = Array.from(
      { length: 20 },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(server.port, '127.0.0.1', () =>
            socket.write(`${chunked('/api/inventory')}${chunk('{"make":')}`, () =>
              socket.destroy(),
            ),
          )
          socket.once('close', () => resolve())
        }),
    )
    await Promise.all(leavers)
    await manager.post('/api/inventory').send(aCar()).expect(201)
  })
})
