/** As wide as a map is on paper: A4 and Letter have room for it between their usual margins. */
const sheetPixels = 640

/** On paper the map is the picture that the screen shows, made smaller: nothing has to be drawn anew while a sheet is made. */
export function keptOnPaper(view: HTMLElement, map: HTMLElement): () => void {
  const measure = () => {
    const { clientWidth: width, clientHeight: height } = map
    for (const [name, value] of [['width', `${width}px`], ['height', `${height}px`], ['scale', String(Math.min(1, sheetPixels / Math.max(1, width)))]] as const) view.style.setProperty(`--paper-${name}`, value)
  }
  addEventListener('beforeprint', measure)
  return () => removeEventListener('beforeprint', measure)
}
