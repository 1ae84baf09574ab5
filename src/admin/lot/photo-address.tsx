'use client'
import { useState } from 'react'
import { findPhotoUrlProblem } from '../../domain/photo-url.ts'

type Props = { existingUrls: readonly string[]; onAdd: (url: string) => void; onClose: () => void }

/**
 * Adds a photo of elsewhere by its address. It stays where it is: nothing is copied, and the server
 * never fetches it.
 */
export function PhotoAddress({ existingUrls, onAdd, onClose }: Props) {
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    const trimmed = url.trim()
    const found =
      findPhotoUrlProblem(trimmed) ??
      (existingUrls.includes(trimmed) ? 'This photo is there already.' : null)
    setProblem(found)
    if (found) return
    onAdd(trimmed)
    setUrl('')
  }
  return (
    <div className="photo-address">
      <input
        aria-label="Address of the photo"
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
