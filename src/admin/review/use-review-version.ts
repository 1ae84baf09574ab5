'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useCallback } from 'react'
import { useVersion } from '../ui/clock.ts'

/**
 * Another text whenever the review of the submission on the screen may have changed, and a function
 * that has every part of the screen loaded again.
 */
export function useReviewVersion(): [version: string, reload: () => void] {
  const { lastUpdateTime, setLastUpdateTime } = useDocumentInfo()
  const [polled] = useVersion(0)
  const reload = useCallback(() => setLastUpdateTime(Date.now()), [setLastUpdateTime])
  return [`${lastUpdateTime} ${polled}`, reload]
}
