import { toast } from '../../kit/look/Toasts.tsx'

/** Puts a text on the clipboard and says whether that worked. */
export async function copyText(text: string, words: { copied: string; notCopied: string }): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(words.copied)
  } catch {
    toast(words.notCopied)
  }
}
