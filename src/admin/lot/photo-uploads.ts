'use client'
import { useState } from 'react'
import { findMessages } from '../refusals/messages.ts'

/**
 * One file on its way: percent sent, or why it was not taken. Files that arrived leave the list.
 */
export type Upload = { id: number; file: File; percent: number; problem?: string }

type UploadResult = { url: string } | { problem: string }
type UploadOptions = { api: string; describe: () => string; onArrived: (url: string) => void }

/**
 * What the server takes at most; asked here first, because it hangs up on larger bodies before it
 * can say so.
 */
const MAX_BYTES = 20_000_000

/**
 * Sends photos one after another, so that they arrive in the order they were picked in. A refused
 * file does not stop the others.
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

/**
 * Stores one photo; answers its public URL, or what the server has against it in words for the
 * person who sent it.
 */
function uploadPhoto(
  file: File,
  { api, alt, onProgress }: { api: string; alt: string; onProgress: (percent: number) => void },
): Promise<UploadResult> {
  if (file.size > MAX_BYTES)
    return Promise.resolve({
      problem: `This file has ${Math.ceil(file.size / 1e6)} MB; a photo may have 20.`,
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
      resolve({ problem: 'The server did not answer. Check the connection, then try again.' })
    request.open('POST', `${api}/media`)
    request.setRequestHeader('accept', 'application/json')
    request.send(body)
  })
}

type Answer = { doc?: { url?: unknown } }

/** Reads the API's answer to an upload: the photo's URL, or why there is none. */
function parseAnswer(status: number, text: string): UploadResult {
  const answer = tryParseJson(text)
  const url = answer?.doc?.url
  if (typeof url === 'string') return { url }
  const [reason] = findMessages(answer)
  return {
    problem: reason ?? `The server answered with status ${status} and without a reason. Try again.`,
  }
}

function tryParseJson(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer | null
  } catch {
    return null // a proxy's error page, not an answer of the API
  }
}
