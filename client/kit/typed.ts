import { useEffect, useRef, useState } from 'preact/hooks'

const pauseMilliseconds = 250

/**
 * Words that somebody types and that are asked for once they pause, `asked` being those that the address has. Whatever else changes the address takes their place; what they themselves asked for does not: on a slow machine it would
 * take back the letters that came meanwhile. `askNow` waits for no pause.
 */
export function useTyped(asked: string, ask: (words: string) => void): { typed: string; setTyped: (text: string) => void; askNow: () => void } {
  const [typed, setTyped] = useState(asked)
  const own = useRef(asked.trim())
  const words = typed.trim()
  const askNow = () => {
    own.current = words
    ask(words)
  }
  useEffect(() => {
    if (asked.trim() === own.current) return
    own.current = asked.trim()
    setTyped(asked)
  }, [asked])
  useEffect(() => {
    if (words === asked.trim()) return undefined
    const timer = setTimeout(askNow, pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [words, asked])
  return { typed, setTyped, askNow }
}
