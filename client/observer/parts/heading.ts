import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { takeFocus } from '../nav.ts'

/** What each screen does with its heading: the window is named after it, and it has the focus where nothing else was left with it. */
export function useHeading(title: string): RefObject<HTMLHeadingElement> {
  const heading = useRef<HTMLHeadingElement>(null)
  // At once with the screen: a window that is still named after the one before misleads whoever hears it.
  useLayoutEffect(() => {
    document.title = `${title} · Veedor`
  }, [title])
  useEffect(() => takeFocus(heading.current), [])
  return heading
}
