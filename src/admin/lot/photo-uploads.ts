'use client'
import { useState } from 'react'
import { findMessages } from '../errors/messages.ts'

/** One upload: percent sent, or why it was rejected. Completed uploads leave the list. */
export type Upload = {
  id: number
  file: File
  percent: number
  problem?: string
}

type UploadResult = { url: string } | { problem: string }
type UploadOptions = {
  api: string
  describe: () => string
  onArrived: (url: string) => void
}

/**
 * The maximum upload size. Checked in the browser, because the server closes the connection on
 * larger bodies before it can respond.
 */
const MAX_BYTES = 20_000_000

/**
 * Uploads photos one at a time, so that they keep their order. A rejected file does not stop the
 * others.
 */
export function usePhotoUploads({ api, describe, onArrived }: UploadOptions) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const change = (id: number, about: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...about } : one)))
  const drop = (id: number) => setUploads((all) => all.filter((one) => one.id !== id))
  const send = async (files: readonly File[]) => {
    const added = files.map((file, index): Upload => ({ id: Date.now() + index, file, percent: 0 }))
    setUploads((all) => [...all, ...added])
    for (const { id, file } of added) {
      const arrived = await uploadPhoto(file, {
        api,
        alt: describe(),
        onProgress: (percent) => change(id, { percent }),
      })
      if ('problem' in arrived) change(id, arrived)
      else drop(id)
      if ('url' in arrived) onArrived(arrived.url)
    }
  }
  return { uploads, send, drop }
}

/** Uploads one photo. Returns its public URL, or a problem as text for the user. */
function uploadPhoto(
  file: File,
  { api, alt, onProgress }: { api: string; alt: string; onProgress: (percent: number) => void },
): Promise<UploadResult> {
  if (file.size > MAX_BYTES)
    return Promise.resolve({
      problem: `This file is ${Math.ceil(file.size / 1e6)} MB; the limit is 20 MB.`,
    })
  const body = new FormData()
  body.append('file', file)
  body.append('_payload', JSON.stringify({ alt }))
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress(Math.round((loaded / total) * 100))
    request.onload = () => resolve(parseAnswer(request.status, request.responseText))
    request.onerror = () =>
      resolve({ problem: 'The server did not respond. Check the connection, then try again.' })
    request.open('POST', `${api}/media`)
    request.setRequestHeader('accept', 'application/json')
    request.send(body)
  })
}

type Answer = { doc?: { url?: unknown } }

/** Reads the response to an upload: the photo's URL, or the problem. */
function parseAnswer(status: number, text: string): UploadResult {
  const answer = tryParseJson(text)
  const url = answer?.doc?.url
  if (typeof url === 'string') return { url }
  const [reason] = findMessages(answer)
  return {
    problem: reason ?? `The server responded with status ${status} and gave no reason. Try again.`,
  }
}

function tryParseJson(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer | null
  } catch {
    return null // a proxy's error page, not a response of the API
  }
}
