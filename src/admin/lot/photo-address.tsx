'use client'
import { useState } from 'react'
import { findPhotoUrlProblem } from '../../domain/photo-url.ts'

type Props = {
  existingUrls: readonly string[]
  onAdd: (url: string) => void
  onClose: () => void
}

/** Adds an external photo by its URL. It is not copied, and the server never fetches it. */
export function PhotoAddress({ existingUrls, onAdd, onClose }: Props) {
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    const trimmed = url.trim()
    const found =
      findPhotoUrlProblem(trimmed) ??
      (existingUrls.includes(trimmed) ? 'This car already has this photo.' : null)
    setProblem(found)
    if (found) return
    onAdd(trimmed)
    setUrl('')
  }
  return (
    <div className="photo-address">
      <input
        aria-label="Photo URL"
        onChange={(event) => setUrl(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
          if (event.key !== 'Enter') return
          event.preventDefault() // Enter in a field would save the whole car
          add()
        }}
        placeholder="https://photos.example.com/front.jpg"
        type="url"
        value={url}
      />
      <button className="photo-button" onClick={add} type="button">
        Add
      </button>
      <button className="photo-button" onClick={onClose} type="button">
        Cancel
      </button>
      {problem && <p role="alert">{problem}</p>}
    </div>
  )
}
