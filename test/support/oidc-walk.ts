import { expect } from '@jest/globals'
import supertest from 'supertest'
import type { Api } from './api.ts'
import type { TestForecourt } from './forecourt.ts'

/** A browser, as far as signing in goes: its cookies at Forecourt, and at the provider. */
export type Walker = {
  api: Api
  /** Asks Forecourt to sign in with a provider; answers where it leads. */
  leave: (provider: string, returnTo?: string) => Promise<URL>
  /** Goes through the provider; answers the address of Forecourt that it leads back to. */
  pass: (url: URL) => Promise<URL>
  /** Follows an address that a provider led back to. */
  comeBack: (url: URL) => ReturnType<Api['get']>
  /** The whole way. */
  walk: (provider: string, returnTo?: string) => ReturnType<Api['get']>
  /** Who Forecourt takes it for. */
  who: () => Promise<{ id: string; email: string; role: string; provider: string; avatarUrl: string | null } | null>
}

const HOPS = 10

/** A browser that has been nowhere yet. */
export function newWalker({ app, settings }: TestForecourt): Walker {
  const api = supertest.agent(app)
  const cookies = new Map<string, string>()
  const leave = async (provider: string, returnTo?: string) => {
    const asked = api.get(`/auth/${provider}`).query(returnTo === undefined ? {} : { returnTo })
    const { headers } = await asked.expect(303)
    return new URL(String(headers['location']))
  }
  const pass = async (url: URL) => {
    let at = url
    for (let hop = 0; hop < HOPS && at.origin !== settings.publicOrigin; hop++) at = await step(at, cookies)
    expect(at.origin).toBe(settings.publicOrigin)
    return at
  }
  const comeBack = (url: URL) => api.get(url.pathname + url.search)
  const walk = async (provider: string, returnTo?: string) => comeBack(await pass(await leave(provider, returnTo)))
  const who = async () => {
    const { body } = await api.get('/auth/me').set('Sec-Fetch-Site', 'same-origin').expect(200)
    return (body as { user: Awaited<ReturnType<Walker['who']>> }).user
  }
  return { api, leave, pass, comeBack, walk: walk as unknown as Walker['walk'], who }
}

async function step(at: URL, cookies: Map<string, string>): Promise<URL> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
  for (const set of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
    cookies.set(name, value)
  }
  const location = answer.headers.get('location')
  if (!location) throw new Error(`${at.href} leads nowhere: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
  return new URL(location, at)
}
