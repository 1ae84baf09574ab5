import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt, decodeProtectedHeader, type JWTHeaderParameters, SignJWT } from 'jose'
import { fetchToken, saveUser } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'

const PREVIOUS = 'the secret before the rotation, 32+'

/** What a page contains that sends its visitor to the sign-in. */
const SIGN_IN = '/admin/login?redirect='

let forecourt: PanelForecourt
beforeAll(async () => {
  const environment = () => Promise.resolve({ PAYLOAD_SECRET_PREVIOUS: PREVIOUS })
  forecourt = await openPanelForecourt({ environment })
})
afterAll(() => forecourt.close())

/** The token of a new session, as a server with another secret would have signed it. */
async function issueToken(secret: string): Promise<string> {
  const token = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'admin'))
  const key = createHash('sha256').update(secret).digest('hex').slice(0, 32)
  return new SignJWT(decodeJwt(token))
    .setProtectedHeader(decodeProtectedHeader(token) as JWTHeaderParameters)
    .sign(new TextEncoder().encode(key))
}

const openPanel = (token: string) =>
  fetch(`${forecourt.origin}/admin/collections/inventory`, {
    redirect: 'manual',
    headers: { cookie: `forecourt-token=${token}`, 'sec-fetch-site': 'none' },
  })

describe('the panel after a rotation of the secret', () => {
  it('shows its screens to a session that the previous secret signed', async () => {
    const answer = await openPanel(await issueToken(PREVIOUS))
    expect(await answer.text()).not.toContain(SIGN_IN)
  })

  it('sends a session that any other secret signed to the sign-in', async () => {
    const answer = await openPanel(await issueToken('a secret that was never ours, 32+'))
    expect(await answer.text()).toContain(SIGN_IN)
  })
})
