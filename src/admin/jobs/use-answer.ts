'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { ask } from './ask.ts'

/** The last answer there was, and why there is no newer one. Neither: the first question is under way. */
export type Answered<Answer> = { value: Answer | null; problem: string | null }

/** What the API says at this path, asked again whenever `version` changes. An earlier answer stays until there is a newer one. */
export function useAnswer<Answer>(path: string, version: number): Answered<Answer> {
  const { config } = useConfig()
  const [answered, setAnswered] = useState<Answered<Answer>>({ value: null, problem: null })
  const address = `${config.routes.api}${path}`
  useEffect(() => {
    const stop = new AbortController()
    void ask<Answer>(address, stop.signal).then((said) => {
      if (stop.signal.aborted) return
      setAnswered((earlier) =>
        'answer' in said ? { value: said.answer, problem: null } : { value: earlier.value, problem: said.problem },
      )
    })
    return () => stop.abort()
  }, [address, version])
  return answered
}
