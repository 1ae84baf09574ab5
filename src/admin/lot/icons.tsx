/** Small button icons in the color of the text. */
const DRAWN = {
  left: 'M10 3 5 8l5 5',
  right: 'm6 3 5 5-5 5',
  star: 'm8 1.9 1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.7l-3.8 2 .7-4.3-3.1-3 4.3-.6z',
  remove: 'm4 4 8 8m0-8-8 8',
  upload: 'M8 10.5V2.5m0 0L4.8 5.7M8 2.5l3.2 3.2M2.5 10.5v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2',
  link:
    'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.8.8m.9 2.8a2.6 2.6 0 0 0-3.7 ' +
    '0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.8-.8',
} as const

export function Icon({ name }: { name: keyof typeof DRAWN }) {
  return (
    <svg aria-hidden="true" fill="none" height="16" viewBox="0 0 16 16" width="16">
      <path
        d={DRAWN[name]}
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="1.5"
      />
    </svg>
  )
}
