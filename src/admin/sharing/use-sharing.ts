'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { z } from 'zod'
import type { VEHICLE_SHARING } from '../../sharing/endpoints/vehicle-sharing-schemas.ts'
import { deleteRow } from '../ui/api.ts'
import { useApi } from '../ui/use-api.ts'

/** The shares and offers of a vehicle, as its screen shows them. */
export type Sharing = z.output<typeof VEHICLE_SHARING>

/** The sharing of a vehicle, and `end`, which ends the share or offer at a path below it. */
export function useSharing(id: string) {
  const { config } = useConfig()
  const [version, setVersion] = useState(0)
  const [isBusy, setIsBusy] = useState(false)
  const [outcome, setOutcome] = useState<{ problem?: string; message?: string }>({})
  const { value, problem } = useApi<Sharing>(`/vehicles/${encodeURIComponent(id)}/sharing`, version)
  const end = async (path: string): Promise<void> => {
    setIsBusy(true)
    const address = `${config.routes.api}/vehicles/${encodeURIComponent(id)}${path}`
    const result = await deleteRow<{ message: string }>(address)
    setOutcome(
      'problem' in result ? { problem: result.problem } : { message: result.answer.message },
    )
    setIsBusy(false)
    setVersion((earlier) => earlier + 1)
  }
  const problems = [problem, outcome.problem].filter((text) => typeof text === 'string')
  return {
    sharing: value,
    problems,
    message: outcome.message ?? null,
    isBusy,
    end: (path: string) => void end(path),
  }
}
