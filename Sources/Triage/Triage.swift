/// What a citizen's own words say of a complaint: a reading, with its evidence, that a person confirms.
///
/// The text only testifies; the law decides. This module tells what the words say (`Reading`): whether they are a
/// complaint at all, what it is about, which service, where, who is blamed, how urgent, whose personal data stand in
/// it. The routing table of `Complaints` then decides who must answer from those facts, so a fact can be corrected by
/// itself and the decision follows.
///
/// It is pure: the text, the knowledge and a search of cards come in, a reading goes out; no clock, no database, no
/// network. Words of the text are words, whatever they command. It refuses to know how a complaint is registered.
/// The rules are data: cues in `schedules/routing/cues.yaml`, names of bodies in `knowledge/body-aliases.yaml`, of places
/// in `knowledge/places.csv`. Start reading at `ComplaintReader`.
