import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import supertest from 'supertest'
import type { Engine } from '../../jobs/engine/engine.ts'
import { GiveUp } from '../../jobs/outcomes.ts'
import { type Operation, listOperations } from '../../src/api/openapi/operations.ts'
import { signInOperations } from '../../src/auth/staff/operations.ts'
import { getService } from '../../src/services.ts'
import { buildPhotoKey } from '../../src/stations/photos.ts'
import type { Api } from './api.ts'
import { anyVin } from './builders.ts'
import { saveUser, fetchToken } from './forecourt.ts'
import { listenOnLoopback, type Listening } from './http-listen.ts'
import { type Issued, type IssuedForecourt, openIssued, TERMS } from './issued.ts'
import { type OidcPeer, openOidcPeer } from './oidc-peer.ts'
import { buildCallbackUrl, buildProviderSettings } from './oidc-stage.ts'
import { startVpicPeer } from './vpic-peer.ts'
import { aTask, buildRoom, startEngine, runJob } from './work.ts'

/** A Forecourt whose every operation can be asked with success. */
export type OpenapiStage = {
  forecourt: IssuedForecourt
  operations: Operation[]
  peer: OidcPeer
  admin: Api
  /** The first event of the live runs. */
  firstEvent: () => Promise<{ status: number; type: string; data: string }>
  /** An owner who agreed to the terms. */
  onboardOwner: () => Promise<Issued>
  aVehicle: (owner: Issued) => Promise<string>
  /** Stores the photo of a station, as if Google Places had sent it. */
  storePhoto: (reference: string) => Promise<void>
  /** The id of a run that was given up. */
  createFailedRun: () => Promise<string>
  close: () => Promise<void>
}

export async function openOpenapiStage(): Promise<OpenapiStage> {
  const management = createServer((_req, res) => res.writeHead(201).end('{}')).listen(
    0,
    '127.0.0.1',
  )
  await once(management, 'listening')
  const peer = await openOidcPeer([buildCallbackUrl('HOUSE')])
  const url = `http://127.0.0.1:${(management.address() as AddressInfo).port}`
  const vpic = await startVpicPeer()
  const forecourt = await openIssued(
    {
      ...TERMS,
      NHTSA_RECALLS_URL: vpic.settings.NHTSA_RECALLS_URL,
      ...buildProviderSettings('HOUSE', peer),
      OIDC_ALLOWED_DOMAINS: 'dealer.example',
      OWNERS_MANAGEMENT_URL: url,
      OWNERS_MANAGEMENT_TOKEN: 'a-token-of-the-management-API',
    },
    [
      buildRoom(
        aTask('gives-up', () => Promise.reject(new GiveUp('It never works.')), {
          canRun: () => true,
        }),
      ),
    ],
  )
  const engine = await startEngine(forecourt)
  const listening = await listenOnLoopback(forecourt.app)
  const user = await saveUser(forecourt.payload, 'admin')
  const token = await fetchToken(forecourt.app, user)
  return {
    forecourt,
    peer,
    admin: supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`),
    operations: listOperations(forecourt.payload.config, signInOperations),
    firstEvent: () => firstEvent(listening.port, token),
    onboardOwner: () => onboardOwner(forecourt),
    aVehicle: async ({ api }) =>
      (await api.post('/api/vehicles').send({ vin: anyVin() }).expect(201)).body.doc.id as string,
    storePhoto: (reference) =>
      getService(forecourt.payload, 'storages').stations.put(
        buildPhotoKey(reference),
        Buffer.from('a photo'),
      ),
    createFailedRun: () => createFailedRun(forecourt, engine),
    close: async () => {
      await close(forecourt, engine, listening, peer, management)
      await vpic.stop()
    },
  }
}

async function onboardOwner({ signInOwner }: IssuedForecourt): Promise<Issued> {
  const ann = await signInOwner()
  await ann.api
    .post('/api/auth/signup')
    .send({ acceptTerms: true, version: TERMS.TERMS_VERSION })
    .expect(201)
  return ann
}

async function createFailedRun(forecourt: IssuedForecourt, engine: Engine): Promise<string> {
  return (await runJob(engine, forecourt, 'gives-up')).run.id
}

async function firstEvent(port: number, token: string): ReturnType<OpenapiStage['firstEvent']> {
  const ending = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`http://127.0.0.1:${port}/api/jobs/live`, {
    headers,
    signal: ending.signal,
  })
  const reader = response.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  ending.abort()
  const data = /^data: (.*)$/m.exec(new TextDecoder().decode(value))?.[1] ?? ''
  return {
    status: response.status,
    type: response.headers.get('content-type')?.split(';')[0] ?? '',
    data,
  }
}

async function close(
  forecourt: IssuedForecourt,
  engine: Engine,
  listening: Listening,
  peer: OidcPeer,
  management: Server,
): Promise<void> {
  await engine.stop(0)
  await listening.close()
  await forecourt.close()
  await peer.stop()
  management.close()
}
