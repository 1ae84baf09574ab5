'use client'
import { useState } from 'react'
import './photo.css'

/**
 * A picture of a car, loaded only by the browser; a drawing replaces a picture that is missing or
 * cannot be loaded.
 */
export function Photo({
  src,
  alt = '',
  missing,
}: {
  src: string | null | undefined
  alt?: string
  missing?: string
}) {
  const [broken, setBroken] = useState(false)
  if (!src || broken) return <NoPhoto words={src ? "Can't be loaded" : missing} />
  return (
    <img
      alt={alt}
      className="photo"
      decoding="async"
      draggable={false}
      loading="lazy"
      onError={() => setBroken(true)}
      ref={(image) => {
        // A picture that failed before hydration fires no error event anymore.
        if (image?.complete && image.naturalWidth === 0) setBroken(true)
      }}
      referrerPolicy="no-referrer"
      src={src}
    />
  )
}

function NoPhoto({ words }: { words: string | undefined }) {
  return (
    <span className="photo photo--none">
      <svg aria-hidden="true" fill="none" viewBox="0 0 60 40">
        <path
          d="M12 26v-4c0-1 .7-1.9 1.7-2.1l5-1 5.2-5.1c.6-.6 1.3-.9 2.1-.9h8.5
            c.9 0 1.7.4 2.3 1.1l4.2 5 5 1c1.2.2 2 1.2 2 2.4V26c0 .6-.4 1-1 1h-3.5
            m-27 0H13c-.6 0-1-.4-1-1m11.5 1h13"
          stroke="currentColor"
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeWidth="1.6"
        />
        <circle cx="20" cy="27" r="3.4" stroke="currentColor" strokeWidth="1.6" />
        <circle cx="40" cy="27" r="3.4" stroke="currentColor" strokeWidth="1.6" />
      </svg>
      {words && <span>{words}</span>}
    </span>
  )
}
