/// Civil dates, the working calendar of Kazakhstan, statutory terms and the proof of every date they give.
///
/// This module decides which day a term ends on, and shows why: day zero, every counted day, every day that was
/// skipped with its reason and its legal basis.
///
/// It refuses to know how many days any law gives (that is in `schedules/rulebooks`), which days are holidays (that is
/// in `schedules/calendar`), what time it is (callers pass a `Moment`), and every language of the screen. It imports
/// nothing, not even Foundation: a date is an integer, a moment is a number of milliseconds.
///
/// Start reading at `CivilDate`, then `WorkingCalendar` (the tables and the addition), then `WorkingCalendar+Due` (the
/// terms). `CivilZone` is the only place where a moment becomes a date.
