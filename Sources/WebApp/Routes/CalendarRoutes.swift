import Accounts

extension Routes {
    /// The calendar of working days: seen, changed with a preview, undone.
    static var calendar: [Route] {
        [
            .get(.calendar, .needs(.readCalendar), CalendarPage.show),
            .post(.calendarPreview, .needs(.changeCalendar), bodyLimit: 16_384, CalendarPreviewPage.show),
            .post(.calendarAdopt, .needs(.changeCalendar), bodyLimit: 16_384, CalendarPreviewPage.adopt),
        ]
    }
}
