import { useState } from 'preact/hooks'

type On = { 'data-drops': true; onDragOver: (event: DragEvent) => void; onDragLeave: () => void; onDrop: (event: DragEvent) => void }

/** Where files can be dropped: what its element hears, and whether something is held above it. */
export function useDrop(onFiles: (files: File[]) => void): { isOver: boolean; on: On } {
  const [isOver, setOver] = useState(false)
  return {
    isOver,
    on: {
      'data-drops': true,
      onDragOver: (event) => {
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        event.preventDefault()
        setOver(false)
        onFiles([...(event.dataTransfer?.files ?? [])])
      },
    },
  }
}
