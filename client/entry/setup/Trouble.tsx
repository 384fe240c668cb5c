import { Banner } from '../../kit/look/Banner.tsx'

/** Beside the button: why a step could not be kept, where no field says so itself. */
export function Trouble({ form, title }: { form: { trouble: string | undefined }; title: string }) {
  return form.trouble ? <Banner tone="high" title={title} alert>{form.trouble}</Banner> : null
}
