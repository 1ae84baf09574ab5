'use client'
import { toast, useConfig } from '@payloadcms/ui'
import { useCallback } from 'react'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import { sendCommand } from '../ui/api.ts'
import { type ApiState, useApi } from '../ui/use-api.ts'
import { useReviewVersion } from './use-review-version.ts'
import { useServerFields } from './use-server-fields.ts'

/** Sends a step of the review. Returns why it was refused, or null. */
export type SendStep = (step: string, body?: object) => Promise<string | null>

/** The review of a submission, and the function that takes the next step. */
export function useReview(id: string): ApiState<ReviewAnswer> & { send: SendStep } {
  const { config } = useConfig()
  const [version, reload] = useReviewVersion()
  const path = `/pending-submissions/${encodeURIComponent(id)}`
  const review = useApi<ReviewAnswer>(`${path}/review`, version)
  useServerFields(review.value?.submission ?? null)
  const { api } = config.routes
  const send = useCallback<SendStep>(
    async (step, body) => {
      const result = await sendCommand<{ message: string }>(`${api}${path}/${step}`, body)
      reload()
      if ('problem' in result) return result.problem
      toast.success(result.answer.message)
      return null
    },
    [api, path, reload],
  )
  return { ...review, send }
}
