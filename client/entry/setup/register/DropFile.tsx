import { type RegisterPreview, registerColumns } from '../../../../shared/stations.ts'
import { DropFile as Drop } from '../../../kit/list/DropFile.tsx'
import { Heading } from '../../../kit/list/Heading.tsx'
import { size } from '../../../kit/numbers.ts'
import { setUpWords } from '../../words/setup.ts'

/** Where a file of stations is dropped or chosen; once one was read, what it is. */
export function DropFile({ preview, more, onFile }: { preview: RegisterPreview | null; more: boolean; onFile: (file: File) => void }) {
  const words = setUpWords()
  return (
    <>
      <Drop
        label={words.file}
        title={preview ? preview.fileName : more ? words.importMore : words.drop}
        what={preview ? `${size(preview.sizeBytes)}, ${words.encodings[preview.encoding]}, ${words.separators[preview.separator]}. ${words.dropMended}` : words.dropWhat}
        button={preview ? words.chooseOther : words.chooseFile}
        primary={!preview && !more}
        onFile={onFile}
      />
      {!preview && !more && <Heading columns={registerColumns} is={words.headingIs} download={words.downloadHeading} fileName={words.exampleName} />}
    </>
  )
}
