export function ReleaseStudio({ photo }: { photo: string }) {
  return <p>{photo}</p>
}
