/**
 * Keeps what is read where it is while rows come above it, in browsers that do not do so by themselves (Safari). At the very top new rows are let in.
 * Returns how to stop.
 */
export function keepPlace(box: HTMLElement): () => void {
  if (CSS.supports('overflow-anchor', 'auto')) return () => undefined
  let held: { row: Element; top: number } | null = null
  const hold = () => {
    const { top } = box.getBoundingClientRect()
    const row = [...box.querySelectorAll('[role=listitem]')].find((one) => one.getBoundingClientRect().bottom > top)
    held = row && box.scrollTop > 0 ? { row, top: row.getBoundingClientRect().top } : null
  }
  const changed = new MutationObserver(() => {
    if (held?.row.isConnected) box.scrollTop += held.row.getBoundingClientRect().top - held.top
    hold()
  })
  box.addEventListener('scroll', hold, { passive: true })
  changed.observe(box, { childList: true, subtree: true })
  return () => {
    box.removeEventListener('scroll', hold)
    changed.disconnect()
  }
}
