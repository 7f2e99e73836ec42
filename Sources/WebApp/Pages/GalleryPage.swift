import Hummingbird
import Languages
import Markup
import WorkingDays

/// All components on one page, with made-up content, for those who change them; served in development only.
///
/// Its words are samples and stand in no string table.
struct GalleryPage: Page {
    var section: NavigationSection? { .home }
    func title(_ view: View) -> String { "Gallery" }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([("Үлгі", .home), ("Сұрау салулар", .gallery)], view)
        html.pageHeader("Сұрау салу 2026/0117", lead: "Цифрлық даму министрлігі · Тұрғылықты жерді тіркеу") { html in
            html.a(.class("button"), .href("#")) { html in
                html.icon(.print)
                html.text("Басып шығару")
            }
            html.a(.class("button is-primary"), .href("#"), text: "Алынғанын енгізу")
        }
        tiles(&html)
        html.panel("Мерзімдер тізбегі", id: "clocks") { html in
            html.clockBar(segments, label: "Мерзімдер тізбегі", view)
        }
        html.div(.class("columns")) { html in
            html.panel("Оқиғалар", id: "events") { html in html.timeline(entries(view), view) }
            html.panel("Деректер", id: "facts") { html in
                html.facts([
                    Fact("Орган", "Ақпараттандыру саласындағы уәкілетті орган"),
                    Fact("Жауапты адам", "Әйгерім Қуанышқызы Өтеген"),
                    Fact("Жоспар-кесте", "2026 ж. наурыз, 14-жол"),
                    Fact("Күйі") { $0.badge(.running, view, text: "2 жұмыс күні қалды") },
                ])
            }
        }
        badges(&html, view)
        table(&html, view)
        proof(&html, view)
        alerts(&html)
        form(&html, view)
        html.emptyState(
            title: "Әзірге ештеңе жоқ", text: "Бүгін мерзімі бітетін сұрау салу жоқ. Келесісі ертең."
        ) { $0.a(.class("button"), .href("#"), text: "Осы аптадағылар") }
    }

    private func tiles(_ html: inout HTML) {
        html.tiles([
            Tile(value: "3", label: "Бүгін бітеді", note: "келесісі 18:00", address: "#a", state: .dueToday),
            Tile(value: "1", label: "Мерзімі бұзылды", note: "2 органда", address: "#b", state: .breached),
            Tile(value: "14", label: "Осы аптада", note: "9 органда", address: "#c", state: .running),
            Tile(value: "128", label: "Мерзімінде орындалды", note: "129-дан", address: "#d", state: .met),
            Tile(value: "0", label: "Тоқтатыла тұрды", address: "#e"),
        ])
    }

    private var segments: [ClockSegment] {
        [
            ClockSegment(
                title: "Жауапты адамды тағайындау", owner: "Орган · §5", state: .met, note: "19.03 орындалды",
                date: "20.03.2026 дейін", proofAddress: "#p", passed: 1_000),
            ClockSegment(
                title: "Ақпаратты ұсыну", owner: "Жауапты адам · §5", state: .breached, note: "1 күн кеш",
                date: "27.03.2026 дейін", proofAddress: "#p", passed: 1_000),
            ClockSegment(
                title: "Оқыту", owner: "Орган · §8", state: .running, note: "3 / 5 күн қалды",
                date: "06.04.2026 дейін", proofAddress: "#p", passed: 400),
            ClockSegment(
                title: "Консультацияның басталуы", owner: "БББО · §9", state: .waiting, note: "Хаттамадан кейін",
                date: nil, passed: 0),
        ]
    }

    private func entries(_ view: View) -> [TimelineEntry] {
        let start = Moment(millisecondsSince1970: 1_773_900_000_000)
        let day: Int64 = 86_400_000
        return [
            TimelineEntry(
                title: "Сұрау салу жіберілді", occurredAt: start, actor: "Айбек Сапаров"),
            TimelineEntry(
                title: "Орган сұрау салуды алды", occurredAt: start.adding(milliseconds: 3_600_000),
                recordedAt: start.adding(milliseconds: day), actor: "Айбек Сапаров", state: .running
            ) { $0.p(.class("note"), text: "Кіріс № 12-04/881") },
            TimelineEntry(
                title: "Жауапты адам тағайындалды", occurredAt: start.adding(milliseconds: 2 * day),
                actor: "Айбек Сапаров", state: .met),
            TimelineEntry(
                title: "Ақпаратты ұсыну мерзімі бұзылды", occurredAt: start.adding(milliseconds: 9 * day),
                actor: "таймер", state: .breached),
        ]
    }

    private func badges(_ html: inout HTML, _ view: View) {
        html.panel("Белгілер", id: "badges") { html in
            html.p(.class("actions")) { html in
                for state in ClockState.allCases { html.badge(state, view) }
                html.tag("ҚАЗ")
                html.tag("1-мқ")
                html.element("kbd", [], text: "Ctrl K")
            }
        }
    }

    private func table(_ html: inout HTML, _ view: View) {
        let columns = [
            Column("Нөмірі", sortAddress: "#s", sorting: .descending), Column("Қызмет", sortAddress: "#s"),
            Column("Орган"), Column("Күйі"), Column("Күндер", isNumeric: true, sortAddress: "#s"),
        ]
        let rows = [
            ("2026/0117", "Тұрғылықты жері бойынша тіркеу", "Цифрлық даму министрлігі", ClockState.running, "3"),
            ("2026/0116", "Жеке куәлік беру", "Ішкі істер министрлігі", .breached, "−1"),
            ("2026/0115", "Туу туралы куәлік", "Әділет министрлігі", .dueToday, "0"),
            ("2026/0114", "Жер учаскесіне меншік құқығын беру", "Алматы қаласының әкімдігі", .met, "1 204"),
        ]
        html.dataTable(caption: "Сұрау салулар", columns: columns, rows: rows) { row, html, record in
            row.cell(&html) { $0.a(.href("#"), text: record.0) }
            row.cell(&html, record.1)
            row.cell(&html, record.2)
            row.cell(&html) { $0.badge(record.3, view) }
            row.cell(&html, record.4)
        }
        html.pager(Pager(summary: "128 ішінен 1-4", previous: nil, next: "#n"), view)
    }

    private func proof(_ html: inout HTML, _ view: View) {
        guard let holiday = CivilDate("2026-03-23"), let from = CivilDate("2026-03-19"),
            // The same for its calendar.
            let calendar = try? WorkingCalendar(
                exceptions: [
                    CalendarException(
                        date: holiday, kind: .holiday, nameKK: "Наурыз мейрамы", nameRU: "Наурыз мейрамы",
                        basisKK: "ҚР «Мереке күндері туралы» Заңы, 3-бап",
                        basisRU: "Закон РК «О праздниках», ст. 3", knownSince: from, isProvisional: true)
                ], years: [2026]),
            // A sample without a date is left out of the gallery.
            let due = try? calendar.due(.workingDays(3), from: from)
        else { return }
        html.panel("Неге 25.03.2026", id: "proof") { html in html.proofTable(due, view) }
    }

    private func alerts(_ html: inout HTML) {
        html.alert(.info, title: "Келесі жылдың күнтізбесі алдын ала есептелген") {
            $0.p(text: "Құрбан айт күні бекітілгеннен кейін мерзімдер қайта есептеледі.")
        }
        html.alert(.success, title: "Есеп Агенттікке жеткізілді, түбіртек № 2026-03-04/17")
        html.alert(.warning, title: "Карточка ескірген болуы мүмкін: соңғы растау 93 күн бұрын")
        html.alert(.danger, title: "Бұл орган бір айда екінші рет бас тартты") {
            $0.p(text: "Агенттікке хабарлау қажет (§12).")
        }
    }

    private func form(_ html: inout HTML, _ view: View) {
        let name = Field("name", label: "Жауапты адамның аты-жөні", error: "Аты-жөнін толық жазыңыз.")
        let phone = Field("phone", label: "Телефон", hint: "+7 және он сан", isRequired: false)
        let kind = Field("kind", label: "Себебі")
        let note = Field("note", label: "Ескерту", isRequired: false)
        let agree = Field("agree", label: "Органға хат жіберілсін", isRequired: false)
        html.errorSummary([name, phone], view)
        html.panel("Жауапты адамды енгізу", id: "form") { html in
            html.postForm(to: .gallery, view, .class("form")) { html in
                html.textField(name, view, value: "Өтеген")
                html.textField(phone, view, type: "tel")
                html.selectField(
                    kind, view, options: [("new", "Жаңа тағайындау"), ("replaced", "Ауыстыру")], chosen: "new")
                html.radios(
                    Field("channel", label: "Қалай келді"), view,
                    options: [("paper", "Қағаз түрінде"), ("mail", "Электрондық поштамен")], chosen: "mail")
                html.textArea(note, view)
                html.checkbox(agree, isTicked: true)
                html.formButtons(submit: "Сақтау", view, back: .home)
            }
        }
    }

    static func show(_ site: WebRequest) async throws -> Response { site.page(GalleryPage()) }
}
