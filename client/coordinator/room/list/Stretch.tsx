import { useEffect, useRef, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'

/** So many rows come and go together. */
export const stretchRows = 50
/** How far beyond what is seen rows are kept, in pixels. */
const around = 2_000

/** Some rows of a long list: far from what is seen they are a gap of their height, so that ten thousand rows weigh what a hundred do. `isHeld`: one of them is selected. */
export function Stretch({ isLong, isHeld, children }: { isLong: boolean; isHeld: boolean; children: () => ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null)
  const [gap, setGap] = useState<number | null>(null)
  useEffect(() => {
    const box = place.current
    if (!box || !isLong) return setGap(null)
    const near = new IntersectionObserver((seen) => {
      const last = seen.at(-1)
      if (last) setGap((before) => (last.isIntersecting ? null : (before ?? box.offsetHeight)))
    }, { root: box.closest('[data-list]'), rootMargin: `${around}px 0px` })
    near.observe(box)
    return () => near.disconnect()
  }, [isLong])
  const isGap = isLong && gap !== null && !isHeld
  return <div ref={place} role="presentation" data-gap={isGap || undefined} style={isGap ? { blockSize: gap } : {}}>{!isGap && children()}</div>
}
