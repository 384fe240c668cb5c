import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { takeFocus } from '../nav.ts'

/** What each screen does with its heading: the window is named after it, and it has the focus where nothing else was left with it. */
export function useHeading(title: string): RefObject<HTMLHeadingElement> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Veedor`
  }, [title])
  useEffect(() => takeFocus(heading.current), [])
  return heading
}
