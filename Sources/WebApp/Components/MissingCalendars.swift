import Accounts
import Markup

extension HTML {
    /// The years without a calendar on which something of a page depends: what is not counted, and the file to add.
    mutating func missingCalendars(_ years: Set<Int>, _ view: View) {
        for year in years.sorted() {
            alert(.warning, title: view.t("calendar.missing", ["year": "\(year)"])) { html in
                html.p { html in
                    html.text(view.t("calendar.addFile") + " ")
                    html.code(text: "schedules/calendar/\(year).csv")
                }
                if view.may(.readCalendar) {
                    html.p { $0.a(.href(SitePath.calendar.path), text: view.t("nav.calendar")) }
                }
            }
        }
    }
}
