import { useState } from 'preact/hooks'

type On = { onDragOver: (event: DragEvent) => void; onDragLeave: () => void; onDrop: (event: DragEvent) => void }

/** Where one file can be dropped: what its element hears, and whether something is held above it. */
export function useDrop(onFile: (file: File) => void): { isOver: boolean; on: On } {
  const [isOver, setOver] = useState(false)
  return {
    isOver,
    on: {
      onDragOver: (event) => {
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer?.files[0]
        if (file) onFile(file)
      },
    },
  }
}
