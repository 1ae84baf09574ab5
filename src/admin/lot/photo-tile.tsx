'use client'
import { useDraggableSortable } from '@payloadcms/ui'
import type { MouseEvent } from 'react'
import { Icon } from './icons.tsx'
import { Photo } from './photo.tsx'

type Props = {
  id: string
  /** The image URL. */
  src: string
  /** The site of an external photo. */
  origin: string | null
  index: number
  count: number
  readOnly: boolean
  onMove: (to: number) => void
  onRemove: () => void
}

/**
 * One photo in the gallery: the picture is the drag handle (also with Space and the arrow keys);
 * buttons sort and remove.
 */
export function PhotoTile({ id, src, origin, index, count, readOnly, onMove, onRemove }: Props) {
  const { attributes, isDragging, listeners, setNodeRef, transform, transition } =
    useDraggableSortable({
      id,
      disabled: readOnly,
    })
  const number = `photo ${index + 1} of ${count}`
  const handle = readOnly ? {} : { ...attributes, ...listeners, 'aria-label': `Reorder ${number}` }
  return (
    <div
      className={`photo-tile${isDragging ? ' photo-tile--dragged' : ''}`}
      ref={setNodeRef}
      style={{ transform, transition }}
    >
      <div className="photo-tile__picture" {...handle}>
        <Photo alt={readOnly ? `Photo ${index + 1} of ${count}` : ''} key={src} src={src} />
        {index === 0 && <span className="photo-tile__cover">Cover</span>}
        {origin && <span className="photo-tile__place">{origin}</span>}
      </div>
      {!readOnly && (
        <Buttons count={count} index={index} number={number} onMove={onMove} onRemove={onRemove} />
      )}
    </div>
  )
}

type ButtonsProps = Pick<Props, 'index' | 'count' | 'onMove' | 'onRemove'> & { number: string }

function Buttons({ index, count, number, onMove, onRemove }: ButtonsProps) {
  const move = (to: number) => (event: MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget
    onMove(to)
    // the browser removes focus from an element that moves in the DOM
    requestAnimationFrame(() => button.focus())
  }
  const moves = [
    { name: 'left', label: `Move ${number} left`, title: 'Move left', to: index - 1 },
    { name: 'right', label: `Move ${number} right`, title: 'Move right', to: index + 1 },
    {
      name: 'star',
      label: `Make ${number} the cover`,
      title: 'Make this the cover',
      to: index === 0 ? -1 : 0,
    },
  ] as const
  return (
    <div className="photo-tile__buttons">
      {moves.map(({ name, label, title, to }) => (
        <button
          aria-label={label}
          disabled={to < 0 || to >= count}
          key={name}
          onClick={move(to)}
          title={title}
          type="button"
        >
          <Icon name={name} />
        </button>
      ))}
      <button
        aria-label={`Remove ${number}`}
        onClick={onRemove}
        title="Remove from this car; the photo itself is kept"
        type="button"
      >
        <Icon name="remove" />
      </button>
    </div>
  )
}
