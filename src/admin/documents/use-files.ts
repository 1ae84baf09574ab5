'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { z } from 'zod'
import type { FILES } from '../../documents/endpoints/file-schemas.ts'
import { deleteRow, sendFile } from '../ui/api.ts'
import { useApi } from '../ui/use-api.ts'
import { useNewVersion } from './use-new-version.ts'

type Answer = z.output<typeof FILES>
export type FileOfRow = Answer['files'][number]

/** The files of a saved row, what is being sent, what failed, and how to change them. */
export function useFiles(collection: string, id: string) {
  const [version, setVersion] = useState(0)
  const [busy, setBusy] = useState<string | null>(null)
  const [problems, setProblems] = useState<string[]>([])
  const { config } = useConfig()
  const path = `/${collection}/${encodeURIComponent(id)}/files`
  const { value, problem } = useApi<Answer>(path, version)
  const adoptVersion = useNewVersion(collection, id)
  const complete = async (failed: string[]) => {
    setBusy(null)
    setProblems(failed)
    setVersion((earlier) => earlier + 1)
    await adoptVersion()
  }
  const add = async (files: readonly File[]) => {
    const failed: string[] = []
    for (const file of files) {
      setBusy(`Uploading ${file.name}…`)
      const result = await sendFile(`${config.routes.api}${path}`, file)
      if ('problem' in result) failed.push(`${file.name}: ${result.problem}`)
    }
    await complete(failed)
  }
  const remove = async ({ id: file, fileName }: FileOfRow) => {
    setBusy(`Removing ${fileName}…`)
    const result = await deleteRow(`${config.routes.api}/files/${encodeURIComponent(file)}`)
    await complete('problem' in result ? [`${fileName}: ${result.problem}`] : [])
  }
  return { files: value?.files ?? null, loadProblem: problem, busy, problems, add, remove }
}
