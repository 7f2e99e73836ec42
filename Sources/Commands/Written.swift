import ArgumentParser
import Languages
import WorkingDays

/// What stands on a command line in a form of its own, read before anything is opened: what is wrong is a command line
/// that was not understood, and nothing was done.
enum Written {
    /// A moment; nil where none is given.
    /// - Throws: `ValidationError`.
    @discardableResult
    static func moment(_ text: String?) throws -> Moment? {
        guard let text else { return nil }
        guard let moment = Moment(text) else {
            throw ValidationError("“\(text)” is no moment: write it as 2026-03-19T10:30:00+05:00.")
        }
        return moment
    }

    /// The language that `--language` names.
    /// - Throws: `ValidationError`.
    @discardableResult
    static func language(_ text: String) throws -> Language {
        guard let language = Language(rawValue: text) else {
            throw ValidationError("--language takes kk, ru or en, not “\(text)”.")
        }
        return language
    }

    /// One of a few words.
    /// - Throws: `ValidationError` that names all of them.
    @discardableResult
    static func word<Word: RawRepresentable & CaseIterable>(
        _ text: String, of option: String, _: Word.Type = Word.self
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(option) takes \(known), not “\(text)”.")
        }
        return word
    }
}
