/// The law's terms as data, and the clocks that run by them.
///
/// This module decides which event starts, stops, extends, suspends, resumes, restarts or cancels which clock, when the
/// clock is due and whether it was breached. Everything it decides is a value, a list of `ClockChange`, that the caller
/// records; nothing here remembers, reads a clock of its own or writes.
///
/// It refuses to know what the events mean (the feature modules own them), how many days any duty has (that is in
/// `schedules/rulebooks/*.yaml`) and where cases are kept. Only `ScheduleFolder` touches files.
///
/// Start reading at `RulebookSet` (loading), `ClockRule` (what a rule can say), `Procedure+Changes` (the state machine),
/// then `CaseClocks` (the state). docs/rulebooks.md lists the events and explains every key of a file.
