import { expect } from '@jest/globals'
import supertest from 'supertest'
import type { Api } from './api.ts'
import type { TestForecourt } from './forecourt.ts'

/** A browser, as far as signing in goes: its cookies at Forecourt, and at the provider. */
export type SignInBrowser = {
  api: Api
  /** Asks Forecourt to sign in with a provider; answers where it leads. */
  startSignIn: (provider: string, returnTo?: string) => Promise<URL>
  /** Goes through the provider; answers the address of Forecourt that it leads back to. */
  passProvider: (url: URL) => Promise<URL>
  /** Follows an address that a provider led back to. */
  followCallback: (url: URL) => ReturnType<Api['get']>
  /** The whole way. */
  signIn: (provider: string, returnTo?: string) => ReturnType<Api['get']>
  /** Who Forecourt takes it for. */
  loadUser: () => Promise<{
    id: string
    email: string
    role: string
    provider: string
    avatarUrl: string | null
  } | null>
}

const HOPS = 10

/** A browser that has been nowhere yet. */
export function openSignInBrowser({
  app,
  settings,
}: Pick<TestForecourt, 'app' | 'settings'>): SignInBrowser {
  const api = supertest.agent(app)
  const cookies = new Map<string, string>()
  const startSignIn = async (provider: string, returnTo?: string) => {
    const request = api.get(`/auth/${provider}`).query(returnTo === undefined ? {} : { returnTo })
    const { headers } = await request.expect(303)
    return new URL(String(headers['location']))
  }
  const passProvider = async (url: URL) => {
    let at = url
    for (let hop = 0; hop < HOPS && at.origin !== settings.publicOrigin; hop++)
      at = await followRedirect(at, cookies)
    expect(at.origin).toBe(settings.publicOrigin)
    return at
  }
  const followCallback = (url: URL) => api.get(url.pathname + url.search)
  const signIn = async (provider: string, returnTo?: string) =>
    followCallback(await passProvider(await startSignIn(provider, returnTo)))
  const loadUser = async () => {
    const { body } = await api.get('/auth/me').set('Sec-Fetch-Site', 'same-origin').expect(200)
    return (body as { user: Awaited<ReturnType<SignInBrowser['loadUser']>> }).user
  }
  return {
    api,
    startSignIn,
    passProvider,
    followCallback,
    signIn: signIn as unknown as SignInBrowser['signIn'],
    loadUser,
  }
}

async function followRedirect(at: URL, cookies: Map<string, string>): Promise<URL> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
  for (const set of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
    cookies.set(name, value)
  }
  const location = answer.headers.get('location')
  if (!location)
    throw new Error(
      `${at.href} leads nowhere: ${answer.status} ${(await answer.text()).slice(0, 300)}`,
    )
  return new URL(location, at)
}
