/// Demo data: complaints that look like real ones, on the real registry, each of them labelled as demo data.
///
/// Decides: what a plausible month of complaints looks like — who complains in which language, when, about what, and
/// how well which body keeps its terms. Refuses to know: how data gets into a contact centre; it writes the forum's
/// export format, and the import takes that in as it would any other export.
///
/// The same options give the same bytes. Numbers begin with `DEMO-`, every text says that it is demo data, people are
/// invented: an IIN has a 9 where real ones have 1 to 6, telephones are +7 700 0…, addresses of e-mail end in
/// example.com. Terms and limits come from the rulebook like everywhere else.
///
/// Start with `DemoComplaints`; `DemoTexts.swift` has the wordings, `DemoPeople.swift` the names.
