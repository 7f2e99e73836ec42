import Accounts
import Contacts
import Languages
import WorkingDays

/// What drawing a page needs to know of its reader and nothing else: language, rights, theme, the words.
package struct View: Sendable {
    /// The language of the interface.
    package let language: Language
    /// Who reads; nil before the sign-in.
    package let user: SignedInUser?
    /// The address of the page, to come back to after a change of language.
    package let path: String
    /// What forms send to prove that they are ours; nil on pages without forms that change anything.
    package let formToken: String?
    /// Light, dark or as the computer prefers.
    package let theme: Theme
    /// What has just been done, to be said once.
    package let notice: Notice?
    /// Whether this is a demonstration; every page then says so.
    package var isDemo = false
    /// The call that the reader is recording.
    var call: ContactRecord?
    /// Now.
    package let now: Moment
    /// Makes the word by which a second sending of a form is known as the same.
    let newKey: @Sendable () -> String
    let texts: Texts
    let assets: Assets
    let zone: CivilZone

    /// The text named `key` in the reader's language.
    package func t(_ key: TextKey, _ values: [String: String] = [:]) -> String { texts.text(key, language, values) }

    /// The text named `key` in the plural form that `count` asks for.
    package func t(_ key: TextKey, count: Int, _ values: [String: String] = [:]) -> String {
        texts.text(key, language, count: count, values)
    }

    /// The text that names a value of an enumeration; its family is in `TextFamily.all`.
    package func name<Value: RawRepresentable>(_ family: StaticString, _ value: Value) -> String
    where Value.RawValue == String {
        texts.text(TextKey(family: family.description, member: value.rawValue), language)
    }

    /// Dates and times in the reader's language.
    package var dates: DateText { DateText(texts: texts, language: language, zone: zone) }

    /// Today, where the contact centre is.
    package var today: CivilDate { zone.civilDate(of: now) }

    /// Whether the reader may do something; pages leave out what he may not, routes and features refuse it.
    package func may(_ permission: Permission) -> Bool { user?.authority.may(permission) ?? false }

    /// The same reader for a drawing in another language, for mixed content.
    package func `in`(_ language: Language) -> View {
        View(
            language: language, user: user, path: path, formToken: formToken, theme: theme, notice: notice,
            isDemo: isDemo, call: call, now: now, newKey: newKey, texts: texts, assets: assets, zone: zone)
    }
}
