/** On a narrow screen a page takes the phone's sizes, to be read and pressed in one hand. */
export function phoneWhenNarrow(): () => void {
  const narrow = matchMedia('(max-width: 700px)')
  const show = () => {
    if (narrow.matches) document.documentElement.dataset['device'] = 'phone'
    else delete document.documentElement.dataset['device']
  }
  show()
  narrow.addEventListener('change', show)
  return () => narrow.removeEventListener('change', show)
}
