import { reportNumber } from '../../../shared/reports.ts'
import { NoticeBanner } from '../../kit/notice/NoticeBanner.tsx'
import { openNotices } from '../../kit/notices.ts'
import { language } from '../../kit/words/language.ts'
import { noticeWords } from '../../kit/words/notices.ts'
import { keptQuery, router } from '../router.ts'

/** What this coordinator relied on and what became of it: until they say that they have read it. */
export function DeskNotices() {
  return (
    <>
      {openNotices.value.map((notice) => (
        <NoticeBanner
          key={notice.id}
          notice={notice}
          picture={notice.picture && <p>{notice.picture.alternatives[language.value] ?? Object.values(notice.picture.alternatives)[0]}</p>}
          link={notice.report && <a href={router.address(`reports/${notice.report.id}`, keptQuery())}>{noticeWords().toReport(reportNumber(notice.report.number))}</a>}
        />
      ))}
    </>
  )
}
