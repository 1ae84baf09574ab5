'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { fetchAnswer } from './api.ts'

/**
 * The last response, and why there is no newer one. Both are null while the first request is
 * running.
 */
export type ApiState<Answer> = { value: Answer | null; problem: string | null }

/**
 * Fetches an API path again whenever `version` changes. Keeps the last response until there is a
 * newer one.
 */
export function useApi<Answer>(path: string, version: number | string): ApiState<Answer> {
  const { config } = useConfig()
  const [answered, setAnswered] = useState<ApiState<Answer>>({ value: null, problem: null })
  const address = `${config.routes.api}${path}`
  useEffect(() => {
    const stop = new AbortController()
    void fetchAnswer<Answer>(address, stop.signal).then((result) => {
      if (stop.signal.aborted) return
      setAnswered((earlier) =>
        'answer' in result
          ? { value: result.answer, problem: null }
          : { value: earlier.value, problem: result.problem },
      )
    })
    return () => stop.abort()
  }, [address, version])
  return answered
}
