/// What leaves the office as a document and what comes back by a link: letters, reminders, iCalendar feeds, bodies' links.
///
/// Decides: the number of an outgoing letter, the text made from its template, when a reminder is due, who may use a link.
/// Refuses to know: how a letter is delivered (`Delivery`), how a page is drawn, what a term is (`Rulebook`).
